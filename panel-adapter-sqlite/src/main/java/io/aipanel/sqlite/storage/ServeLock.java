package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreMisconfigured;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Sees to it that one process at a time serves a directory. The lock is the write lock of a {@link LockFile}. A second
 * storage in the same process is refused as one of another process is.
 */
public final class ServeLock implements AutoCloseable {

    private final Connection connection;

    private ServeLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lock.
     *
     * @param directory what is to be served
     * @param advice what else can be done than to stop whoever serves it, for the message
     * @throws StoreMisconfigured if somebody serves it already; the message says which process, if it can be told
     */
    public static ServeLock take(StorageDirectory directory, String advice) {
        Path path = directory.path().resolve("serve.lock");
        try {
            return take(directory, advice, LockFile.connect(path));
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, LockFile.file(path));
        }
    }

    private static ServeLock take(StorageDirectory directory, String advice, Connection connection)
            throws SQLException {
        boolean taken = false;
        try {
            leaveName(connection);
            Connections.execute(connection, "BEGIN IMMEDIATE");
            taken = true;
            return new ServeLock(connection);
        } catch (SQLException e) {
            if (!SqliteErrors.isBusy(e)) {
                throw e;
            }
            throw new StoreMisconfigured(
                    directory.path() + " is served already" + holder(connection) + ": stop that one first, or "
                            + advice,
                    e);
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    private static void leaveName(Connection connection) throws SQLException {
        Connections.execute(connection, "BEGIN IMMEDIATE");
        Connections.execute(connection, "CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL) STRICT");
        Connections.execute(connection, "DELETE FROM holder");
        Connections.execute(
                connection,
                "INSERT INTO holder (pid) VALUES (" + ProcessHandle.current().pid() + ")");
        Connections.execute(connection, "COMMIT");
    }

    private static String holder(Connection connection) {
        try {
            String pid = Connections.answer(connection, "SELECT pid FROM holder");
            return pid.isEmpty() ? "" : " by the process " + pid;
        } catch (SQLException cannotBeTold) {
            return "";
        }
    }

    /** Lets go of the directory. */
    @Override
    public void close() {
        Opening.closeQuietly(connection);
    }
}
