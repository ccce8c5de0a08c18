package io.aipanel.postgres.backup;

import io.aipanel.ports.storage.StoreName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a fresh schema while a copy is read into them: without what the change log has put there, without the triggers
 * that refuse, and with the rights that their owner has taken from itself.
 */
final class LoadedSchema {

    /** Partitions are reached by way of what they are partitions of. */
    private static final String TABLES = """
            SELECT relname, array_agg(quote_ident(attname) ORDER BY attnum) AS columns,
                   has_table_privilege(pg_class.oid, 'INSERT') AS may_insert,
                   has_table_privilege(pg_class.oid, 'DELETE') AS may_delete
            FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            WHERE relnamespace = CAST(? AS regnamespace) AND relkind IN ('r', 'p') AND NOT relispartition
              AND relname <> 'databasechangeloglock' AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            GROUP BY pg_class.oid
            ORDER BY relname COLLATE "C"
            """;

    private final Connection connection;
    private final String schema;
    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    private LoadedSchema(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    static LoadedSchema of(Connection connection, StoreName store) throws SQLException {
        LoadedSchema loaded = new LoadedSchema(connection, store.wireName());
        loaded.look();
        return loaded;
    }

    private void look() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String table = rows.getString("relname");
                    columns.put(
                            table, List.of((String[]) rows.getArray("columns").getArray()));
                    if (!rows.getBoolean("may_insert")) {
                        missing.add("INSERT ON " + schema + "." + table);
                    }
                    if (!rows.getBoolean("may_delete")) {
                        missing.add("DELETE ON " + schema + "." + table);
                    }
                }
            }
        }
    }

    /** The columns of each table, by its name. */
    Map<String, List<String>> columns() {
        return columns;
    }

    /** Makes the tables empty but for the changes that the schema has gone through, and ready to take whatever a copy holds. */
    void open() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String right : missing) {
                statement.execute("GRANT " + right + " TO CURRENT_USER");
            }
            for (String table : columns.keySet()) {
                statement.execute("ALTER TABLE " + schema + "." + table + " DISABLE TRIGGER USER");
            }
            for (String table : columns.keySet()) {
                if (!table.equals(CopyFormat.CHANGES)) {
                    statement.execute("DELETE FROM " + schema + "." + table);
                }
            }
        }
    }

    /** Makes the tables what they were, but for what is in them. */
    void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : columns.keySet()) {
                statement.execute("ALTER TABLE " + schema + "." + table + " ENABLE TRIGGER USER");
            }
            for (String right : missing) {
                statement.execute("REVOKE " + right + " FROM CURRENT_USER");
            }
        }
    }

    /** Lets the server look at how many rows there are, which it would do by itself a minute later. */
    void analyze() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : columns.keySet()) {
                statement.execute("ANALYZE " + schema + "." + table);
            }
        }
    }
}
