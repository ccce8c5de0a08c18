package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The nodes of the tree that are kept, those of {@link TreeNode#KEPT_FROM} and higher. */
final class TreeNodes {

    private static final int HIGHEST = 62;
    private static final byte[] NO_HASH = new byte[Hash.BYTES];
    /** By the last leaf, the lower ones first. */
    private static final Comparator<TreeNode> ORDER =
            Comparator.comparingLong(TreeNodes::lastLeaf).thenComparingInt(TreeNode::height);

    private TreeNodes() {}

    static void insert(StoreConnection audit, List<TreeNode> nodes) {
        audit.changeEach("INSERT INTO nodes (height, \"index\", hash) VALUES (?, ?, ?)", nodes, (statement, node) -> {
            statement.setInt(1, node.height());
            statement.setLong(2, node.index());
            statement.setBytes(3, node.hash().toBytes());
        });
    }

    /** The hash of a node; empty if it is not there, or is no hash. */
    static Optional<Hash> hash(StoreConnection audit, int height, long index) {
        return audit.prepared("SELECT hash FROM nodes WHERE height = ? AND \"index\" = ?", statement -> {
            statement.setInt(1, height);
            statement.setLong(2, index);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(row.getBytes(1)).filter(TreeNodes::isHash).map(Hash::of)
                        : Optional.empty();
            }
        });
    }

    /**
     * The nodes that are stored and whose last leaf lies in a stretch of the log, by that leaf, the lower ones first. What
     * cannot be a hash is told as one that nothing has.
     *
     * @param from the first leaf of the stretch
     * @param until the first leaf behind it
     * @param max how many of one height at most
     */
    static List<TreeNode> endingWithin(StoreConnection audit, long from, long until, int max) {
        List<TreeNode> nodes = new ArrayList<>();
        for (int height = TreeNode.KEPT_FROM; height <= HIGHEST && until >> height > 0; height++) {
            addEndingWithin(audit, height, from, until, max, nodes);
        }
        nodes.sort(ORDER);
        return nodes;
    }

    private static void addEndingWithin(
            StoreConnection audit, int height, long from, long until, int max, List<TreeNode> nodes) {
        audit.prepared("""
                SELECT "index", hash FROM nodes
                WHERE height = ? AND "index" >= ? AND "index" < ? ORDER BY "index" LIMIT ?
                """, statement -> {
            statement.setInt(1, height);
            statement.setLong(2, Math.max(0, from >> height));
            statement.setLong(3, until >> height);
            statement.setInt(4, max);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    byte[] hash = row.getBytes(2);
                    nodes.add(new TreeNode(height, row.getLong(1), Hash.of(isHash(hash) ? hash : NO_HASH)));
                }
            }
            return nodes;
        });
    }

    private static long lastLeaf(TreeNode node) {
        return (node.index() + 1 << node.height()) - 1;
    }

    private static boolean isHash(byte @Nullable [] bytes) {
        return bytes != null && bytes.length == Hash.BYTES;
    }
}
