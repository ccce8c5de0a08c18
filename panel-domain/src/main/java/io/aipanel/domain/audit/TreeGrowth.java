package io.aipanel.domain.audit;

import java.util.ArrayList;
import java.util.List;

/** A tree to which leaves are added. For one thread. */
public final class TreeGrowth {

    private final List<Hash> peaks;
    private long size;
    private List<TreeNode> completed = new ArrayList<>();

    /** @param start the tree so far */
    public TreeGrowth(Peaks start) {
        this.peaks = new ArrayList<>(start.hashes());
        this.size = start.size();
    }

    /** Adds a leaf at the end. */
    public void add(Hash leaf) {
        Hash top = leaf;
        int height = 0;
        while ((size >> height & 1) == 1) {
            top = Hash.node(peaks.remove(peaks.size() - 1), top);
            height++;
            if (height >= TreeNode.KEPT_FROM) {
                completed.add(new TreeNode(height, size >> height, top));
            }
        }
        peaks.add(top);
        size++;
    }

    /** The tree as it is now. */
    public Peaks peaks() {
        return new Peaks(size, peaks);
    }

    /** The nodes that a store keeps and that were completed since this was last asked, the lower ones first. */
    public List<TreeNode> takeCompleted() {
        List<TreeNode> taken = completed;
        completed = new ArrayList<>();
        return taken;
    }
}
