package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.util.List;

/** Cuts off the beginning of the log, and removes what was cut off. */
final class LogCut {

    private LogCut() {}

    /** Cuts off what is below an index, and tells how much that was. */
    static long run(StoreConnection audit, long first, LogEntry event) {
        ProvenLog log = ProvenLog.of(audit);
        LogTree tree = log.tree();
        if (first < 0 || first > tree.size()) {
            throw new IllegalArgumentException(
                    "cannot cut the log at " + first + ": it has " + tree.size() + " events");
        }
        if (first <= tree.first()) {
            return 0;
        }
        Peaks cut = log.peaks(first);
        EventLog.append(audit, List.of(event));
        TreeRow.cut(audit, cut);
        return first - tree.first();
    }

    static int remove(StoreConnection audit, int max) {
        long below = audit.prepared("""
                SELECT coalesce(max("index") + 1, 0) FROM
                    (SELECT "index" FROM events WHERE "index" < (SELECT cut FROM tree WHERE only_one = 1)
                     ORDER BY "index" LIMIT ?)
                """, statement -> {
            statement.setInt(1, max);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        Entries.removeAll(audit, below);
        return audit.change("DELETE FROM events WHERE \"index\" < ?", statement -> statement.setLong(1, below));
    }
}
