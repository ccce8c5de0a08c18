package io.aipanel.domain.audit;

/** Where the hashes of complete subtrees come from. */
@FunctionalInterface
public interface Subtrees {

    /**
     * The hash of the top of a complete subtree.
     *
     * @param height how far it is above the leaves
     * @param index the how many-th of its height
     */
    Hash top(int height, long index);
}
