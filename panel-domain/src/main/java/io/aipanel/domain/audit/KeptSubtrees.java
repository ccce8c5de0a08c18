package io.aipanel.domain.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The subtrees of a log as a store keeps it: higher nodes as they are, lower ones made of events, those of events that were
 * cut off from the peaks that the cut has left. For one thread and one look at the store.
 */
public final class KeptSubtrees implements Subtrees {

    private static final int BLOCK = 1 << TreeNode.KEPT_FROM;

    /** What a store keeps. */
    public interface Store {
        /** The hash of a node of {@link TreeNode#KEPT_FROM} or higher; empty if it is not there. */
        Optional<Hash> node(int height, long index);

        /** The hashes of the leaves of the events from an index until another (exclusive), of which none was cut off. */
        List<Hash> leaves(long from, long until);
    }

    private final LogTree tree;
    private final Store store;
    private final Map<Long, List<Hash>> blocks = new HashMap<>();

    /**
     * @param tree how large the log is and where it begins
     * @param store the rest of it
     */
    public KeptSubtrees(LogTree tree, Store store) {
        this.tree = tree;
        this.store = store;
    }

    /**
     * @throws MissingHash if what it would be made of was cut off, or is missing
     */
    @Override
    public Hash top(int height, long index) {
        long until = index + 1 << height;
        if (until <= tree.first()) {
            return tree.cut().peak(height, index).orElseThrow(() -> new MissingHash(height, index));
        }
        if (height >= TreeNode.KEPT_FROM) {
            return store.node(height, index).orElseThrow(() -> new MissingHash(height, index));
        }
        return height == 0 ? leaf(index) : Hash.node(top(height - 1, 2 * index), top(height - 1, 2 * index + 1));
    }

    private Hash leaf(long index) {
        long begin = Math.max(tree.first(), index / BLOCK * BLOCK);
        List<Hash> block = blocks.computeIfAbsent(
                begin, from -> new ArrayList<>(store.leaves(from, Math.min(tree.size(), (index / BLOCK + 1) * BLOCK))));
        int place = (int) (index - begin);
        if (place >= block.size()) {
            throw new MissingHash(0, index);
        }
        return block.get(place);
    }

    /** A hash that is neither kept nor can be made: the store was changed by other means. */
    public static final class MissingHash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingHash(int height, long index) {
            super("the tree over the audit log has no node " + index + " at height " + height
                    + ": the log was damaged; panel audit verify says where");
        }
    }
}
