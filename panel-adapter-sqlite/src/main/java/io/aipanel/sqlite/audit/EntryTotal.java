package io.aipanel.sqlite.audit;

/**
 * What the entries of one table add up to, in whatever order they come: their number, and the sum of a hash of each. The hash
 * is for accidents; whether somebody has changed the log is for its tree to tell.
 */
final class EntryTotal {

    private static final long PRIME = 0x100000001b3L;

    private final long until;
    private long number;
    private long sum;

    /** @param until only events below this index count */
    EntryTotal(long until) {
        this.until = until;
    }

    long until() {
        return until;
    }

    void add(String text, long at, long index) {
        if (index < until) {
            number++;
            sum += hash(text, at, index);
        }
    }

    boolean isSameAs(EntryTotal other) {
        return until == other.until && number == other.number && sum == other.sum;
    }

    private static long hash(String text, long at, long index) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return mixed(mixed(mixed(hash) + at) + index);
    }

    /** Every bit of the answer depends on every bit of the value: Stafford's thirteenth variant, as in SplitMix64. */
    private static long mixed(long value) {
        long once = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
