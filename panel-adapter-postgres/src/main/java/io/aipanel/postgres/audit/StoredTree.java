package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.KeptSubtrees;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.postgres.storage.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Nodes and leaves of the tree out of their tables. For one transaction that sees one moment, or keeps others out. */
final class StoredTree implements KeptSubtrees.Store {

    /**
     * Above each place the nodes over it and beside that, which is where the ways to the root go along. {@code OFFSET 0} has
     * each looked up by its key: the planner would rather read all nodes there are.
     */
    private static final String NODES_AROUND = """
            SELECT node.height, node.index, node.hash
            FROM generate_series(:lowest, :highest) AS level (height)
            CROSS JOIN unnest(:places) AS place
            CROSS JOIN generate_series(-1, 1) AS beside
            CROSS JOIN LATERAL (
                SELECT height, index, hash FROM audit.nodes
                WHERE height = level.height AND index = (place >> level.height) + beside
                OFFSET 0
            ) AS node
            WHERE octet_length(node.hash) = 32
            """;

    private final Handle handle;
    private final Map<Place, Hash> nodes;

    private StoredTree(Handle handle, Map<Place, Hash> nodes) {
        this.handle = handle;
        this.nodes = nodes;
    }

    /** @param places the indexes and sizes that are asked about: one look finds the nodes for all of them */
    static KeptSubtrees of(Handle handle, LogTree tree, Long... places) {
        Map<Place, Hash> nodes = new HashMap<>();
        handle.createQuery(NODES_AROUND)
                .bind("lowest", TreeNode.KEPT_FROM)
                .bind("highest", Long.SIZE - Long.numberOfLeadingZeros(tree.size()))
                .bind("places", Columns.longs(List.of(places), place -> place))
                .map((row, context) ->
                        Map.entry(new Place(row.getInt("height"), row.getLong("index")), row.getBytes("hash")))
                .forEach(node -> nodes.put(node.getKey(), Hash.of(node.getValue())));
        return new KeptSubtrees(tree, new StoredTree(handle, nodes));
    }

    @Override
    public Optional<Hash> node(int height, long index) {
        return Optional.ofNullable(nodes.get(new Place(height, index)));
    }

    /** Ends before an event that is missing or cannot be read: there is no leaf for it. */
    @Override
    public List<Hash> leaves(long from, long until) {
        List<StoredEvent> events = handle.createQuery(
                        EventRow.SELECT + "WHERE index >= :from AND index < :until ORDER BY index")
                .bind("from", from)
                .bind("until", until)
                .map((row, context) -> StoredRow.read(row))
                .list();
        List<Hash> leaves = new ArrayList<>(events.size());
        for (StoredEvent stored : events) {
            if (stored.event().isEmpty() || stored.index() != from + leaves.size()) {
                break;
            }
            leaves.add(EventEncoding.leaf(stored.event().get()));
        }
        return leaves;
    }

    private record Place(int height, long index) {}
}
