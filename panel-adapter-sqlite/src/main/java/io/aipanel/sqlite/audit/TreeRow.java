package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The one row that says how large the log is, and where it begins. */
public final class TreeRow {

    private TreeRow() {}

    /**
     * The tree over all events.
     *
     * @throws StoreCorrupt if what is there cannot be one
     */
    static Peaks peaks(StoreConnection audit) {
        return audit.prepared("SELECT size, peaks FROM tree WHERE only_one = 1", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                require(row.next());
                return peaks(row.getLong(1), row.getBytes(2));
            }
        });
    }

    /**
     * The tree over all events, and that over those that were cut off.
     *
     * @throws StoreCorrupt if what is there cannot be one
     */
    public static LogTree tree(StoreConnection audit) {
        return select(audit, row -> {
            require(row.next());
            Peaks peaks = peaks(row.getLong(1), row.getBytes(2));
            Peaks cut = peaks(row.getLong(3), row.getBytes(4));
            require(cut.size() <= peaks.size());
            return new LogTree(peaks, cut);
        });
    }

    /** What is there, for whoever checks it: peaks that cannot be ones as hashes that nothing has. */
    static LogTree treeAsItIs(StoreConnection audit) {
        return select(audit, row -> {
            if (!row.next()) {
                return LogTree.EMPTY;
            }
            long size = Math.max(0, row.getLong(1));
            long cut = Math.max(0, row.getLong(3));
            return new LogTree(
                    peaksOrNothing(size, row.getBytes(2)),
                    cut <= size ? peaksOrNothing(cut, row.getBytes(4)) : peaksOrNothing(size, null));
        });
    }

    /** Notes that the tree has grown. */
    static void grow(StoreConnection audit, Peaks peaks) {
        audit.change("UPDATE tree SET size = ?, peaks = ? WHERE only_one = 1", statement -> {
            statement.setLong(1, peaks.size());
            statement.setBytes(2, peaks.toBytes());
        });
    }

    /** Notes that events were cut off. */
    static void cut(StoreConnection audit, Peaks cut) {
        audit.change("UPDATE tree SET cut = ?, cut_peaks = ? WHERE only_one = 1", statement -> {
            statement.setLong(1, cut.size());
            statement.setBytes(2, cut.toBytes());
        });
    }

    private static LogTree select(StoreConnection audit, Reading reading) {
        return audit.prepared("SELECT size, peaks, cut, cut_peaks FROM tree WHERE only_one = 1", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                return reading.of(row);
            }
        });
    }

    private static Peaks peaks(long size, byte @Nullable [] bytes) {
        require(fits(size, bytes));
        return Peaks.of(size, bytes);
    }

    private static Peaks peaksOrNothing(long size, byte @Nullable [] bytes) {
        return Peaks.of(size, fits(size, bytes) ? bytes : new byte[Long.bitCount(size) * Hash.BYTES]);
    }

    private static boolean fits(long size, byte @Nullable [] bytes) {
        return size >= 0 && bytes != null && bytes.length == Long.bitCount(size) * Hash.BYTES;
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new StoreCorrupt(
                    "the size of the audit log and the tree over it were removed from audit.db, or changed by other"
                            + " means: panel audit verify says what is left; restore audit.db from a backup",
                    null);
        }
    }

    @FunctionalInterface
    private interface Reading {
        LogTree of(ResultSet row) throws SQLException;
    }
}
