package io.aipanel.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Reads copies into a database as psql would, line by line. */
final class LoadedCopy {

    private LoadedCopy() {}

    /** Removes every row of the panel from a database, and leaves guards and references aside from then on. */
    static void empty(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute("""
                    DO $$
                    BEGIN
                        EXECUTE (
                            SELECT 'TRUNCATE ' || string_agg(oid::regclass::text, ', ') FROM pg_class
                            WHERE relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'databasechangeloglock'
                              AND relnamespace::regnamespace::text IN ('panel', 'audit', 'queue'));
                    END
                    $$
                    """);
        }
    }

    static void load(Connection superuser, Path copy) throws SQLException, IOException {
        try (BufferedReader lines = Files.newBufferedReader(copy);
                Statement statement = superuser.createStatement()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("COPY ")) {
                    superuser.unwrap(PGConnection.class).getCopyAPI().copyIn(line, new StringReader(rows(lines)));
                } else if (!line.startsWith("--")) {
                    statement.execute(line);
                }
            }
        }
    }

    private static String rows(BufferedReader lines) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String line = lines.readLine(); !"\\.".equals(line); line = lines.readLine()) {
            rows.append(line).append('\n');
        }
        return rows.toString();
    }
}
