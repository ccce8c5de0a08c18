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

    private static final String TREE = "size, peaks, cut, cut_peaks";

    /** From the largest size down, because dead versions of the row may be many: see the change log. */
    private static final String ROW = " FROM audit.tree ORDER BY size DESC LIMIT 1";

    private static final String LOCK = "SELECT " + TREE
            + ", clock_timestamp() >= next_partition_at OR size >= next_partition_size AS partition_is_due" + ROW
            + " FOR UPDATE";

    private TreeRow() {}

    static LogTree read(Handle handle) {
        return handle.createQuery("SELECT " + TREE + ROW)
                .map((row, context) -> tree(row))
                .findOne()
                .orElseThrow(() -> damaged(null));
    }

    /**
     * Waits for all who append, and keeps others waiting until the end of the transaction. Whoever comes first when the month
     * has changed begins a partition for what follows.
     */
    static LogTree lock(Handle handle) {
        Locked locked = handle.createQuery(LOCK)
                .map((row, context) -> new Locked(tree(row), row.getBoolean("partition_is_due")))
                .findOne()
                .orElseThrow(() -> damaged(null));
        if (locked.partitionIsDue()) {
            handle.createQuery("SELECT audit.begin_partition()")
                    .mapTo(Boolean.class)
                    .one();
        }
        return locked.tree();
    }

    static long size(Handle handle) {
        return size(handle, "");
    }

    /** The size, which it keeps until the end of the transaction: whoever appends waits for that. */
    static long lockedSize(Handle handle) {
        return size(handle, " FOR UPDATE");
    }

    private static long size(Handle handle, String locking) {
        return handle.createQuery("SELECT size" + ROW + locking)
                .mapTo(Long.class)
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

    /**
     * The row in the hands of whoever appends.
     *
     * @param tree what it says of the tree
     * @param partitionIsDue whether it is time for another partition
     */
    private record Locked(LogTree tree, boolean partitionIsDue) {}
}
