package io.aipanel.domain.audit;

/**
 * How large a log is, and where it begins.
 *
 * @param peaks the tree over all events that there ever were
 * @param cut the tree over those that were cut off from the beginning; {@link Peaks#NONE} if none were
 */
public record LogTree(Peaks peaks, Peaks cut) {

    /** The log without events. */
    public static final LogTree EMPTY = new LogTree(Peaks.NONE, Peaks.NONE);

    /**
     * @throws IllegalArgumentException if more was cut off than there ever was
     */
    public LogTree {
        if (cut.size() > peaks.size()) {
            throw new IllegalArgumentException("more was cut off than there ever was");
        }
    }

    /** How many events there ever were, which is the index of the next one. */
    public long size() {
        return peaks.size();
    }

    /** The index of the oldest event that is still there; the same as the size if there is none. */
    public long first() {
        return cut.size();
    }

    /** The root of the tree over all events. */
    public Hash root() {
        return peaks.root();
    }
}
