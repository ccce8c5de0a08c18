package io.aipanel.domain.audit;

import java.util.List;

/**
 * The proof that a tree begins with another, smaller one: nothing of that was changed or removed.
 *
 * @param from the smaller one's number of leaves
 * @param to the larger one's
 * @param path hashes of subtrees
 */
public record ConsistencyProof(long from, long to, List<Hash> path) {

    /**
     * @throws IllegalArgumentException if {@code from} is not 1 to {@code to}
     */
    public ConsistencyProof {
        if (from < 1 || from > to) {
            throw new IllegalArgumentException("from must be 1 or more and not above to");
        }
        path = List.copyOf(path);
    }

    /** Whether the tree with the second root begins with the one with the first (RFC 9162, section 2.1.4.2). */
    public boolean proves(Hash fromRoot, Hash toRoot) {
        if (from == to) {
            return path.isEmpty() && fromRoot.equals(toRoot);
        }
        boolean isWhole = Long.bitCount(from) == 1;
        if (path.isEmpty() && !isWhole) {
            return false;
        }
        long node = from - 1;
        long last = to - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        Hash smaller = isWhole ? fromRoot : path.get(0);
        Hash larger = smaller;
        for (Hash beside : isWhole ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                smaller = Hash.node(beside, smaller);
                larger = Hash.node(beside, larger);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                larger = Hash.node(larger, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && smaller.equals(fromRoot) && larger.equals(toRoot);
    }
}
