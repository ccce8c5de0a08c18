package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.ports.storage.StoreCorrupt;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The row that says how large the log is, where it begins, and which tree is over it. */
final class TreeRow {

    /** From the largest size down, because dead versions of the row may be many: see the change log. */
    private static final String SELECT =
            "SELECT size, peaks, cut, cut_peaks FROM audit.tree ORDER BY size DESC LIMIT 1";

    private TreeRow() {}

    static LogTree read(Handle handle) {
        return read(handle, SELECT);
    }

    /** Waits for all who append, and keeps others waiting until the end of the transaction. */
    static LogTree lock(Handle handle) {
        return read(handle, SELECT + " FOR UPDATE");
    }

    static long size(Handle handle) {
        return handle.createQuery("SELECT size FROM audit.tree ORDER BY size DESC LIMIT 1")
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> damaged(null));
    }

    private static LogTree read(Handle handle, String sql) {
        return handle.createQuery(sql)
                .map((row, context) -> tree(row))
                .findOne()
                .orElseThrow(() -> damaged(null));
    }

    private static LogTree tree(ResultSet row) throws SQLException {
        try {
            return new LogTree(
                    Peaks.of(row.getLong("size"), row.getBytes("peaks")),
                    Peaks.of(row.getLong("cut"), row.getBytes("cut_peaks")));
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static StoreCorrupt damaged(@Nullable Throwable cause) {
        return new StoreCorrupt(
                "the row of audit.tree, which says how large the audit log is, "
                        + (cause == null ? "is missing" : "contradicts itself (" + cause.getMessage() + ")")
                        + ": the log was damaged; restore a backup",
                cause);
    }
}
