package io.aipanel.domain.audit;

import java.util.ArrayList;
import java.util.List;

/** Makes proofs about a log, as RFC 6962, section 2.1, has them. */
public final class Proofs {

    private Proofs() {}

    /**
     * The root that a log had, or has, with so many events.
     *
     * @param size 0 or more, and not more than there are
     */
    public static Hash root(Subtrees subtrees, long size) {
        return size == 0 ? Hash.ofNothing() : top(subtrees, 0, size);
    }

    /**
     * Proves that an event is at its place in a tree.
     *
     * @param index the event's index, below the size
     * @param size how many leaves the tree has
     */
    public static InclusionProof inclusion(Subtrees subtrees, long index, long size) {
        List<Hash> path = new ArrayList<>();
        addInclusion(subtrees, index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /**
     * Proves that a tree begins with another, smaller one.
     *
     * @param from the smaller one's number of leaves, 1 or more
     * @param to the larger one's
     */
    public static ConsistencyProof consistency(Subtrees subtrees, long from, long to) {
        List<Hash> path = new ArrayList<>();
        addConsistency(subtrees, from, 0, to, true, path);
        return new ConsistencyProof(from, to, path);
    }

    /**
     * The tree that a log had, or has, with so many events.
     *
     * @param size 0 or more, and not more than there are
     */
    public static Peaks peaks(Subtrees subtrees, long size) {
        List<Hash> peaks = new ArrayList<>();
        for (long bits = size; bits != 0; bits -= Long.highestOneBit(bits)) {
            int height = Long.numberOfTrailingZeros(Long.highestOneBit(bits));
            peaks.add(subtrees.top(height, (size >> height) - 1));
        }
        return new Peaks(size, peaks);
    }

    private static void addInclusion(Subtrees subtrees, long index, long begin, long end, List<Hash> path) {
        if (end - begin == 1) {
            return;
        }
        long middle = begin + leftOf(end - begin);
        if (index < middle) {
            addInclusion(subtrees, index, begin, middle, path);
            path.add(top(subtrees, middle, end));
        } else {
            addInclusion(subtrees, index, middle, end, path);
            path.add(top(subtrees, begin, middle));
        }
    }

    /** @param known whether the verifier knows the hash of the smaller tree in this part */
    private static void addConsistency(
            Subtrees subtrees, long from, long begin, long end, boolean known, List<Hash> path) {
        if (from == end) {
            if (!known) {
                path.add(top(subtrees, begin, end));
            }
            return;
        }
        long middle = begin + leftOf(end - begin);
        if (from <= middle) {
            addConsistency(subtrees, from, begin, middle, known, path);
            path.add(top(subtrees, middle, end));
        } else {
            addConsistency(subtrees, from, middle, end, false, path);
            path.add(top(subtrees, begin, middle));
        }
    }

    private static Hash top(Subtrees subtrees, long begin, long end) {
        long leaves = end - begin;
        if (Long.bitCount(leaves) == 1) {
            int height = Long.numberOfTrailingZeros(leaves);
            return subtrees.top(height, begin >> height);
        }
        long middle = begin + leftOf(leaves);
        return Hash.node(top(subtrees, begin, middle), top(subtrees, middle, end));
    }

    /** How many of two leaves or more are on the left: the largest power of two below their number. */
    private static long leftOf(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
