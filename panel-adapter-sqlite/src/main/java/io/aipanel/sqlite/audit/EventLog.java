package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Appends to the log within a transaction that holds the file's write lock. The tree is read in that transaction, each
 * time: another process may have appended before it.
 */
final class EventLog {

    /**
     * How many events one statement inserts, if there are so many. A trigger watches over the table, and before each
     * statement that may set it off SQLite gets ready to take that one back: many rows at once share the price.
     */
    private static final int MANY = 16;

    private static final int COLUMNS = 9;
    private static final String INSERT_ONE = insert(1);
    private static final String INSERT_MANY = insert(MANY);

    private EventLog() {}

    static List<AuditEvent> append(StoreConnection audit, List<LogEntry> entries) {
        Peaks before = TreeRow.peaks(audit);
        TreeGrowth growth = new TreeGrowth(before);
        entries.forEach(entry -> growth.add(entry.leaf()));
        List<AuditEvent> appended = insert(audit, before.size(), entries);
        TreeNodes.insert(audit, growth.takeCompleted());
        Peaks after = growth.peaks();
        TreeRow.grow(audit, after);
        Entries.keepUp(audit, before.size(), after.size());
        return appended;
    }

    /** Appends what several callers bring, as if each had come alone, and answers each. */
    static List<List<AuditEvent>> appendAll(StoreConnection audit, List<? extends List<LogEntry>> wanted) {
        List<AuditEvent> appended =
                append(audit, wanted.stream().flatMap(List::stream).toList());
        List<List<AuditEvent>> answers = new ArrayList<>(wanted.size());
        int from = 0;
        for (List<LogEntry> entries : wanted) {
            answers.add(List.copyOf(appended.subList(from, from + entries.size())));
            from += entries.size();
        }
        return answers;
    }

    private static List<AuditEvent> insert(StoreConnection audit, long first, List<LogEntry> entries) {
        List<AuditEvent> appended = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            appended.add(new AuditEvent(first + appended.size(), entry.event()));
        }
        int from = 0;
        while (from < appended.size()) {
            boolean many = appended.size() - from >= MANY;
            List<AuditEvent> rows = appended.subList(from, from + (many ? MANY : 1));
            audit.change(many ? INSERT_MANY : INSERT_ONE, statement -> bind(statement, rows));
            from += rows.size();
        }
        return appended;
    }

    private static void bind(PreparedStatement statement, List<AuditEvent> rows) throws SQLException {
        int column = 1;
        for (AuditEvent row : rows) {
            statement.setLong(column, row.index());
            EventColumns.bind(statement, column + 1, row.event());
            column += COLUMNS;
        }
    }

    private static String insert(int rows) {
        return """
                INSERT INTO events ("index", at, actor, action, target, outcome, address, request_id, details)
                VALUES %s
                """.formatted(String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?, ?, ?, ?, ?)")));
    }
}
