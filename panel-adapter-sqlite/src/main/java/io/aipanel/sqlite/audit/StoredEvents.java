package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Predicate;

/** Events as they are stored, which somebody may have changed by other means. */
final class StoredEvents {

    private StoredEvents() {}

    /**
     * Goes through events by index, one by one: the details of many would not fit into memory.
     *
     * @param from the first index
     * @param max how many at most
     * @param each is given each event, and says whether it wants another
     */
    static void each(StoreConnection audit, long from, int max, Predicate<StoredEvent> each) {
        audit.prepared("""
                SELECT "index", at, actor, action, target, outcome, address, request_id, details
                FROM events WHERE "index" >= ? ORDER BY "index" LIMIT ?
                """, statement -> {
            statement.setLong(1, from);
            statement.setInt(2, max);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next() && each.test(read(row))) {
                    // it has done its work
                }
            }
            return each;
        });
    }

    /**
     * Reads an event from a row of index, at, actor, action, target, outcome, address, request_id and details.
     *
     * @throws StoreCorrupt if what is there is no event
     */
    static AuditEvent sound(ResultSet row) throws SQLException {
        StoredEvent stored = read(row);
        return new AuditEvent(
                stored.index(),
                stored.event()
                        .orElseThrow(() -> new StoreCorrupt(
                                "event " + stored.index() + " of the audit log was changed by other means ("
                                        + stored.problem() + "): panel audit verify says what else was",
                                null)));
    }

    private static StoredEvent read(ResultSet row) throws SQLException {
        long index = row.getLong(1);
        try {
            return StoredEvent.of(index, EventColumns.read(row, 2));
        } catch (IllegalArgumentException e) {
            return StoredEvent.unreadable(index, String.valueOf(e.getMessage()));
        }
    }
}
