package io.aipanel.sqlite.storage;

import io.aipanel.domain.storage.ChangeLog;
import io.aipanel.ports.storage.StoreMisconfigured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of one store, and whether a file has it. Liquibase is loaded only to change something: it would cost a start
 * on a current schema half a second.
 */
final class Schema {

    private final StoreFile file;
    private final String resource;
    private final ChangeLog changeLog;

    private Schema(StoreFile file, String resource, ChangeLog changeLog) {
        this.file = file;
        this.resource = resource;
        this.changeLog = changeLog;
    }

    static Schema of(StoreFile file) {
        String resource = "io/aipanel/migrations/" + file.name().wireName() + "/sqlite/changelog.sql";
        try (InputStream sql = Schema.class.getClassLoader().getResourceAsStream(resource)) {
            if (sql == null) {
                throw new IllegalStateException(resource + " is not on the class path: add io.aipanel:migrations");
            }
            return new Schema(file, resource, ChangeLog.parse(new String(sql.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** The id of the last change. */
    String version() {
        return changeLog.version();
    }

    /**
     * Applies what is missing, all of it or nothing. Of several processes that try, one does it and the others find it
     * done: the file's own write lock is what they wait for, and it cannot outlive a killed process as a row in a lock
     * table does.
     *
     * @throws StoreMisconfigured if the file has changes that this program does not know
     */
    void bringUpToDate(Connection connection) throws SQLException {
        if (isCurrent(connection)) {
            return;
        }
        Connections.execute(connection, "BEGIN IMMEDIATE");
        boolean done = false;
        try {
            if (!isCurrent(connection)) {
                LiquibaseUpdate.run(connection, resource);
            }
            Connections.execute(connection, "COMMIT");
            done = true;
        } finally {
            if (!done) {
                Connections.execute(connection, "ROLLBACK");
            }
        }
    }

    private boolean isCurrent(Connection connection) throws SQLException {
        List<String> applied = applied(connection);
        return switch (changeLog.compare(applied)) {
            case CURRENT -> true;
            case BEHIND -> false;
            case NEWER -> {
                List<String> unknown = new ArrayList<>(applied);
                unknown.removeAll(changeLog.ids());
                throw new StoreMisconfigured(
                        file + " was written by a newer program (it has the change " + unknown.get(0)
                                + ", which this one does not know): use the newer program",
                        null);
            }
        };
    }

    private static List<String> applied(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'DATABASECHANGELOG' COLLATE NOCASE")) {
                if (!rows.next()) {
                    return ids;
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT id FROM databasechangelog")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }
}
