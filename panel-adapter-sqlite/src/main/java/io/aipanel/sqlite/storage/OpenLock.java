package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of all who have the files of a directory open: they share it, and whoever replaces the files has it alone. See
 * {@link LockFile}.
 */
public final class OpenLock implements AutoCloseable {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Connection connection;

    private OpenLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Shares the lock. Files that somebody was replacing when he was killed are as they should be then.
     *
     * @param directory whose files are to be opened; it is there
     * @param within how long to wait for somebody who replaces them
     * @throws StoreUnavailable if they are being replaced for longer than that
     */
    public static OpenLock share(StorageDirectory directory, Duration within) {
        Deadline deadline = Deadline.in(within);
        while (true) {
            OpenLock lock = take(
                    directory,
                    deadline,
                    List.of("BEGIN", "SELECT count(*) FROM sqlite_schema"),
                    "a backup is being restored to " + directory.path() + ": wait until that is done");
            if (!FileSwap.isUnderWay(directory)) {
                return lock;
            }
            lock.close();
            alone(directory, Duration.ofNanos(Math.max(0, deadline.nanosLeft())))
                    .close();
        }
    }

    /**
     * Takes the lock. Files that somebody was replacing when he was killed are as they should be then.
     *
     * @param directory whose files are to be replaced; it is there
     * @param within how long to wait for those who have them open
     * @throws StoreUnavailable if somebody has them open for longer than that
     */
    public static OpenLock alone(StorageDirectory directory, Duration within) {
        OpenLock lock = take(
                directory,
                Deadline.in(within),
                List.of("BEGIN EXCLUSIVE"),
                "another process has the storage in " + directory.path() + " open: wait until it has ended, or end it");
        boolean done = false;
        try {
            FileSwap.finish(directory);
            done = true;
            return lock;
        } finally {
            if (!done) {
                lock.close();
            }
        }
    }

    private static OpenLock take(
            StorageDirectory directory, Deadline deadline, List<String> statements, String refusal) {
        Path path = directory.path().resolve("open.lock");
        Connection connection = LockFile.connect(path);
        boolean taken = false;
        try {
            for (String statement : statements) {
                while (!isDone(connection, statement)) {
                    if (deadline.nanosLeft() <= 0) {
                        throw new StoreUnavailable(Reason.TIMED_OUT, refusal, null);
                    }
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
            taken = true;
            return new OpenLock(connection);
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, LockFile.file(path));
        } finally {
            if (!taken) {
                Opening.closeQuietly(connection);
            }
        }
    }

    private static boolean isDone(Connection connection, String statement) throws SQLException {
        try {
            Connections.execute(connection, statement);
            return true;
        } catch (SQLException e) {
            if (!SqliteErrors.isBusy(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Lets go of it. */
    @Override
    public void close() {
        Opening.closeQuietly(connection);
    }
}
