package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends to the log within a transaction that holds the file's write lock. The next index is read in that transaction,
 * each time: another process may have appended before it.
 */
final class EventLog {

    private EventLog() {}

    static List<AuditEvent> append(StoreConnection audit, List<NewAuditEvent> events) {
        long next = audit.prepared("SELECT coalesce(max(\"index\") + 1, 0) FROM events", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        return audit.prepared("""
                INSERT INTO events ("index", at, actor, action, target, outcome, address, request_id, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, statement -> {
            List<AuditEvent> appended = new ArrayList<>(events.size());
            for (NewAuditEvent event : events) {
                long index = next + appended.size();
                statement.setLong(1, index);
                EventColumns.bind(statement, 2, event);
                statement.executeUpdate();
                appended.add(new AuditEvent(index, event));
            }
            return appended;
        });
    }
}
