package io.aipanel.sqlite.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Files as earlier releases have written them: made from their own change logs, which are kept as test resources. */
public final class Released {

    private Released() {}

    /**
     * Writes a file.
     *
     * @param file an empty one
     * @param changeLog the name of the change log
     * @param rows statements that put something into it
     */
    public static void write(StoreFile file, String changeLog, String... rows) throws SQLException {
        try (Connection connection = new Connections(file).writer();
                Statement statement = connection.createStatement()) {
            Connections.answer(connection, "PRAGMA journal_mode = WAL");
            statement.execute("BEGIN IMMEDIATE");
            LiquibaseUpdate.run(connection, "io/aipanel/sqlite/released/" + changeLog);
            // A change is known by the file it came from, too.
            statement.execute("UPDATE databasechangelog SET filename = 'io/aipanel/migrations/"
                    + file.name().wireName() + "/sqlite/changelog.sql'");
            for (String sql : rows) {
                statement.execute(sql);
            }
            statement.execute("COMMIT");
        }
    }
}
