package io.aipanel.bench.capacity;

import io.aipanel.bench.engine.Database;
import io.aipanel.ports.storage.StoreName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one SQLite file that has all tables, indexes and triggers of a panel's three, with the rows that are in them. Of tables
 * that more than one has (what Liquibase keeps, and what the relay has delivered) it has the first one's: nobody asks for the
 * others here.
 */
final class OneFile {

    /** Tables with their rows first, then indexes; triggers last, as they would refuse some of the rows. */
    private static final String DEFINITIONS = """
            SELECT name, type, sql FROM %s.sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'sqlite\\_%%' ESCAPE '\\'
            ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, name
            """;

    private OneFile() {}

    /**
     * Makes it.
     *
     * @param panel a panel's files, which nobody has open
     * @return where it is
     */
    static Path of(Database panel) throws SQLException {
        try (Connection connection = panel.connect();
                Statement statement = connection.createStatement()) {
            for (StoreName store : StoreName.values()) {
                copy(statement, file(panel, store), store);
            }
            try (ResultSet file = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
                file.next();
                return Path.of(file.getString(1));
            }
        }
    }

    /** Where the panel has the file of a store. */
    static Path file(Database panel, StoreName store) {
        return Path.of(panel.panelUrl().substring("sqlite:".length())).resolve(store.wireName() + ".db");
    }

    private static void copy(Statement statement, Path file, StoreName store) throws SQLException {
        String schema = store.wireName();
        statement.execute("ATTACH DATABASE '" + file + "' AS " + schema);
        for (Definition definition : definitions(statement, schema)) {
            if (!exists(statement, definition.name())) {
                statement.execute(definition.sql());
                if (definition.type().equals("table")) {
                    statement.execute("INSERT INTO main.\"%1$s\" SELECT * FROM %2$s.\"%1$s\""
                            .formatted(definition.name(), schema));
                }
            }
        }
        statement.execute("DETACH DATABASE " + schema);
    }

    private static List<Definition> definitions(Statement statement, String schema) throws SQLException {
        List<Definition> definitions = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(DEFINITIONS.formatted(schema))) {
            while (rows.next()) {
                definitions.add(new Definition(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return definitions;
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT 1 FROM main.sqlite_schema WHERE name = '" + name + "' COLLATE NOCASE")) {
            return rows.next();
        }
    }

    private record Definition(String name, String type, String sql) {}
}
