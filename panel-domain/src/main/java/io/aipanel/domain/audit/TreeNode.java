package io.aipanel.domain.audit;

/**
 * The top of a complete subtree.
 *
 * @param height how far it is above the leaves, 0 to 62: it stands for 2<sup>height</sup> of them
 * @param index the how many-th of its height, from 0: it stands for the leaves from {@code index << height}
 * @param hash its hash
 */
public record TreeNode(int height, long index, Hash hash) {

    /**
     * From this height on a store keeps nodes; lower ones are made of at most 256 events when they are wanted, which takes
     * about a millisecond, and to keep them would double what an append writes.
     */
    public static final int KEPT_FROM = 8;

    /**
     * @throws IllegalArgumentException if the height or the index is out of range
     */
    public TreeNode {
        if (height < 0 || height > 62) {
            throw new IllegalArgumentException("height must be 0 to 62");
        }
        if (index < 0 || index > Long.MAX_VALUE >> height) {
            throw new IllegalArgumentException("index must be 0 or more, and within the tree");
        }
    }
}
