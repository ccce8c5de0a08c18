package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes events out of an outbox that was set back, if the log, which was not, has them: they were delivered in the time that
 * the outbox no longer knows of. Ids of effects are forgotten when they are delivered, so events are told by what is in them.
 */
public final class LoggedAlready {

    private LoggedAlready() {}

    /**
     * Removes them.
     *
     * @param source where the outbox is
     * @param outbox the table where the events wait
     * @param audit the log
     * @param from the index of the first event that the log may have from there
     */
    public static void remove(Store source, String outbox, Store audit, long from) {
        List<Waiting> waiting = source.read(connection -> waiting(connection, outbox));
        Map<NewAuditEvent, Long> logged = new HashMap<>();
        List<Long> delivered = new ArrayList<>();
        for (Waiting each : waiting) {
            long left = logged.computeIfAbsent(each.event(), event -> audit.read(log -> count(log, event, from)));
            if (left > 0) {
                delivered.add(each.seq());
                logged.put(each.event(), left - 1);
            }
        }
        source.write(connection -> {
            connection.changeEach(
                    "DELETE FROM " + outbox + " WHERE seq = ?",
                    delivered,
                    (statement, seq) -> statement.setLong(1, seq));
            return delivered;
        });
    }

    private static List<Waiting> waiting(StoreConnection source, String outbox) {
        return source.prepared("""
                SELECT seq, at, actor, action, target, outcome, address, request_id, details
                FROM %s WHERE failed_at IS NULL ORDER BY seq
                """.formatted(outbox), statement -> {
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Waiting(row.getLong(1), EventColumns.read(row, 2)));
                }
            }
            return waiting;
        });
    }

    private static long count(StoreConnection audit, NewAuditEvent event, long from) {
        return audit.prepared("""
                SELECT at, actor, action, target, outcome, address, request_id, details
                FROM events WHERE at = ? AND "index" >= ?
                """, statement -> {
            statement.setLong(1, Columns.of(event.at()));
            statement.setLong(2, from);
            long same = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    same += EventColumns.read(row, 1).equals(event) ? 1 : 0;
                }
            }
            return same;
        });
    }

    private record Waiting(long seq, NewAuditEvent event) {}
}
