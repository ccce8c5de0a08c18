package io.aipanel.sqlite.audit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Changes {@code audit.db} as somebody can who has the file and does not ask the panel. */
final class BehindTheBack {

    private final String url;

    BehindTheBack(Path directory) {
        this.url = "jdbc:sqlite:" + directory.resolve("audit.db");
    }

    /** Takes away the triggers, the checks and the strictness, and runs statements. */
    void run(String... statements) throws SQLException {
        // The schema is read by whoever connects next.
        execute(
                "PRAGMA writable_schema = ON",
                "DELETE FROM sqlite_schema WHERE type = 'trigger'",
                "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE type = 'table'");
        List<String> all = new ArrayList<>(List.of("PRAGMA ignore_check_constraints = ON"));
        all.addAll(List.of(statements));
        execute(all.toArray(String[]::new));
    }

    /** Runs statements on the file as it is. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
