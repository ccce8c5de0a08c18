package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreMisconfigured;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The way from a file to its writing connection: it must be a database, be in WAL mode and have a current schema. Other
 * processes may be on the same way; each step that finds the file locked is tried again until the time is over.
 */
final class Opening {

    private static final long LOCK_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final StoreFile file;
    private final Connections connections;
    private final Schema schema;

    Opening(StoreFile file, Connections connections, Schema schema) {
        this.file = file;
        this.connections = connections;
        this.schema = schema;
    }

    /**
     * @param givenUp whether nobody waits for it any more
     * @throws io.aipanel.ports.storage.StoreException if it cannot be opened, or cannot be written
     */
    Connection open(Deadline deadline, BooleanSupplier givenUp) {
        Connection connection = untilFree(deadline, givenUp, () -> NativeLibrary.need(connections::writer));
        try {
            untilFree(deadline, givenUp, () -> {
                useWriteAheadLog(connection);
                return connection;
            });
            untilFree(deadline, givenUp, () -> {
                schema.bringUpToDate(connection);
                return connection;
            });
            requireWritable(connection);
            return connection;
        } catch (RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private void useWriteAheadLog(Connection connection) throws SQLException {
        if (Connections.answer(connection, "PRAGMA journal_mode").equals("wal")) {
            return;
        }
        String mode = Connections.answer(connection, "PRAGMA journal_mode = WAL");
        if (!mode.equals("wal")) {
            throw new StoreMisconfigured(
                    file + " cannot have a write-ahead log on its file system (SQLite answers journal mode '" + mode
                            + "'): choose a directory on a local disk",
                    null);
        }
    }

    /**
     * SQLite is content with reading what it may not write, and would never find out that it may again. Only a change shows it:
     * there, BEGIN IMMEDIATE takes no lock and succeeds.
     */
    private void requireWritable(Connection connection) {
        try {
            Connections.execute(connection, "BEGIN IMMEDIATE");
            try {
                Connections.execute(connection, "PRAGMA user_version = 0");
            } finally {
                Connections.execute(connection, "ROLLBACK");
            }
        } catch (SQLException e) {
            // Where there is a lock that somebody holds, it can be written.
            if (!SqliteErrors.isBusy(e)) {
                throw SqliteErrors.translate(e, file);
            }
        }
    }

    private <T> T untilFree(Deadline deadline, BooleanSupplier givenUp, Step<T> step) {
        while (true) {
            try {
                return step.run();
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e) || deadline.nanosLeft() <= 0 || givenUp.getAsBoolean()) {
                    throw SqliteErrors.translate(e, file);
                }
            }
            LockSupport.parkNanos(this, LOCK_POLL_NANOS);
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyFailing) {
            // What went wrong before is what the caller must hear of.
        }
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws SQLException;
    }
}
