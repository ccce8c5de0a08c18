package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A stretch of the log as it is stored. For one transaction that sees one moment. */
final class Stretch {

    /**
     * Of the nodes of each height those whose last leaf is in the stretch: they are next to each other, and {@code OFFSET 0}
     * keeps the planner from reading all the others. What cannot be a hash is left out: it is missed then.
     */
    private static final String NODES = """
            SELECT node.height, node.index, node.hash
            FROM generate_series(:lowest, :highest) AS level (height)
            CROSS JOIN LATERAL (
                SELECT height, index, hash FROM audit.nodes
                WHERE height = level.height AND index >= :from >> level.height AND index < :until >> level.height
                OFFSET 0
            ) AS node
            WHERE octet_length(node.hash) = 32
            ORDER BY (node.index + 1) << node.height, node.height
            """;

    private static final int HIGHEST = 62;

    private Stretch() {}

    static LogPart read(Handle handle, long from, int max) {
        List<StoredEvent> events = events(handle, from, max)
                .map((row, context) -> StoredRow.read(row))
                .list();
        long until = events.size() < max
                ? Long.MAX_VALUE
                : events.get(events.size() - 1).index() + 1;
        List<TreeNode> nodes = handle.createQuery(NODES)
                .bind("lowest", TreeNode.KEPT_FROM)
                .bind("highest", HIGHEST)
                .bind("from", from)
                .bind("until", until)
                .map((row, context) -> node(row))
                .list();
        return new LogPart(TreeRow.read(handle), events, nodes);
    }

    /** The query for the events. */
    static Query events(Handle handle, long from, int max) {
        return handle.createQuery(EventRow.SELECT + "WHERE index >= :from ORDER BY index LIMIT :max")
                .bind("from", from)
                .bind("max", max);
    }

    private static TreeNode node(ResultSet row) throws SQLException {
        return new TreeNode(row.getInt("height"), row.getLong("index"), Hash.of(row.getBytes("hash")));
    }
}
