package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreMisconfigured;
import java.sql.Connection;
import java.sql.SQLException;

/** The part of the driver that is not Java, which it unpacks to a directory of temporary files when it is first needed. */
final class NativeLibrary {

    private NativeLibrary() {}

    /**
     * Connects, and tells what to do if it cannot be loaded for that.
     *
     * @throws SQLException if that fails for another reason
     * @throws StoreMisconfigured if it cannot be loaded
     */
    static Connection need(Connecting connecting) throws SQLException {
        try {
            return connecting.connect();
        } catch (SQLException | LinkageError e) {
            if (SqliteErrors.sqliteCause(e).isPresent()) {
                throw e;
            }
            throw new StoreMisconfigured(
                    "SQLite's native library cannot be loaded: check that the directory of temporary files ("
                            + System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"))
                            + ") can be written and is not mounted noexec, or choose another one with"
                            + " -Dorg.sqlite.tmpdir=DIRECTORY",
                    e);
        }
    }

    /** Makes a connection. */
    @FunctionalInterface
    interface Connecting {
        Connection connect() throws SQLException;
    }
}
