package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends to the log within a transaction that holds the file's write lock. The tree is read in that transaction, each
 * time: another process may have appended before it.
 */
final class EventLog {

    private EventLog() {}

    static List<AuditEvent> append(StoreConnection audit, List<LogEntry> entries) {
        Peaks before = TreeRow.peaks(audit);
        TreeGrowth growth = new TreeGrowth(before);
        entries.forEach(entry -> growth.add(entry.leaf()));
        List<AuditEvent> appended = insert(audit, before.size(), entries);
        TreeNodes.insert(audit, growth.takeCompleted());
        TreeRow.grow(audit, growth.peaks());
        return appended;
    }

    private static List<AuditEvent> insert(StoreConnection audit, long first, List<LogEntry> entries) {
        return audit.prepared("""
                INSERT INTO events ("index", at, actor, action, target, outcome, address, request_id, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, statement -> {
            List<AuditEvent> appended = new ArrayList<>(entries.size());
            for (LogEntry entry : entries) {
                long index = first + appended.size();
                statement.setLong(1, index);
                EventColumns.bind(statement, 2, entry.event());
                statement.executeUpdate();
                appended.add(new AuditEvent(index, entry.event()));
            }
            return appended;
        });
    }
}
