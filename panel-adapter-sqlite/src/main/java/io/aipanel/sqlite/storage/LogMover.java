package io.aipanel.sqlite.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves what is in a write-ahead log into the file, so that the file alone is the store. For one thread at a time.
 */
public final class LogMover implements AutoCloseable {

    /** Nobody who reads holds on to an old state for longer than this, but for backups and long queries. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final StoreFile file;
    private final Connection connection;

    /** @throws io.aipanel.ports.storage.StoreException if the file cannot be opened */
    public LogMover(StoreFile file) {
        this.file = file;
        try {
            this.connection = new Connections(file).beside();
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    /** Makes the log short, as far as nobody is in the way, so that {@link #moveAll} has little to do. */
    public void prepare() {
        isAllMoved("TRUNCATE");
    }

    /**
     * Moves everything. Only while {@link WriteLocks} are held: otherwise there may be more by now.
     *
     * @return whether the file has everything; if not, somebody reads what was there before
     */
    public boolean moveAll() {
        long until = System.nanoTime() + BUDGET_NANOS;
        // It waits for nobody and changes nothing about the log, which whoever holds the write locks need not let go
        // for.
        while (!isAllMoved("PASSIVE")) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(this, GroupCommitWriter.LOCK_POLL_NANOS);
        }
        return true;
    }

    private boolean isAllMoved(String kind) {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(" + kind + ")")) {
            return answer.next()
                    && answer.getInt("busy") == 0
                    && answer.getLong("log") == answer.getLong("checkpointed");
        } catch (SQLException e) {
            if (SqliteErrors.isBusy(e)) {
                return false;
            }
            throw SqliteErrors.translate(e, file);
        }
    }

    @Override
    public void close() {
        Opening.closeQuietly(connection);
    }
}
