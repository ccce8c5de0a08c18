package io.aipanel.domain.audit;

import java.util.List;
import java.util.Optional;

/**
 * The proof that an event is at its place in a tree.
 *
 * @param index the event's index
 * @param size how many leaves the tree has
 * @param path the hashes beside the way from the leaf to the root, the lowest first
 */
public record InclusionProof(long index, long size, List<Hash> path) {

    /**
     * @throws IllegalArgumentException if the index is not within the tree
     */
    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("the index must be 0 or more and below the size");
        }
        path = List.copyOf(path);
    }

    /**
     * The root that the proof leads to (RFC 9162, section 2.1.3.2).
     *
     * @param leaf the event's hash
     * @return empty if the path does not fit index and size
     */
    public Optional<Hash> rootFrom(Hash leaf) {
        long node = index;
        long last = size - 1;
        Hash root = leaf;
        for (Hash beside : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((node & 1) == 1 || node == last) {
                root = Hash.node(beside, root);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                root = Hash.node(root, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(root) : Optional.empty();
    }

    /** Whether the event with this hash is at its place in the tree with this root. */
    public boolean proves(Hash leaf, Hash root) {
        return rootFrom(leaf).filter(root::equals).isPresent();
    }
}
