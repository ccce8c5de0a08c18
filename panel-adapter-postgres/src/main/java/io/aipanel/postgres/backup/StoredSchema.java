package io.aipanel.postgres.backup;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is to be copied of a store.
 *
 * @param version the id of the last change of its change log
 * @param server the server and its version
 * @param tables its tables, each after those that it refers to
 * @param sequences the statements that set its sequences
 */
record StoredSchema(String version, String server, List<StoredTable> tables, List<String> sequences) {

    /** Of a table with partitions, these are what takes room. */
    private static final String TABLES = """
            SELECT relname,
                   (SELECT array_agg(quote_ident(attname) ORDER BY attnum) FROM pg_attribute
                    WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
                   (SELECT array_agg(target.relname) FROM pg_constraint
                    JOIN pg_class AS target ON target.oid = confrelid
                    WHERE conrelid = pg_class.oid AND contype = 'f' AND confrelid <> conrelid) AS parents,
                   coalesce(
                       (SELECT sum(pg_table_size(inhrelid)) FROM pg_inherits WHERE inhparent = pg_class.oid),
                       pg_table_size(oid))::bigint AS bytes
            FROM pg_class
            WHERE relnamespace = CAST(? AS regnamespace) AND relkind IN ('r', 'p') AND NOT relispartition
              AND relname <> 'databasechangeloglock'
            ORDER BY relname COLLATE "C"
            """;

    /** Sequences have no past: these may be ahead of the moment, which leaves gaps and does no harm. */
    private static final String SEQUENCES = """
            SELECT sequencename, coalesce(last_value, start_value) AS value, last_value IS NOT NULL AS is_called,
                   has_sequence_privilege(format('%I.%I', schemaname, sequencename), 'USAGE, SELECT') AS may_be_read
            FROM pg_sequences WHERE schemaname = ? ORDER BY sequencename COLLATE "C"
            """;

    static StoredSchema of(Connection connection, StoreName store) throws SQLException {
        String schema = store.wireName();
        try (Statement statement = connection.createStatement()) {
            String version = one(
                    statement, "SELECT id FROM " + schema + ".databasechangelog ORDER BY orderexecuted DESC LIMIT 1");
            String server = "PostgreSQL " + one(statement, "SELECT current_setting('server_version')");
            return new StoredSchema(version, server, tables(connection, schema), sequences(connection, schema));
        }
    }

    private static List<StoredTable> tables(Connection connection, String schema) throws SQLException {
        List<StoredTable> left = new ArrayList<>();
        Map<String, Set<String>> parents = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString("relname");
                    left.add(new StoredTable(schema, name, names(rows.getArray("columns")), rows.getLong("bytes")));
                    parents.put(name, new HashSet<>(names(rows.getArray("parents"))));
                }
            }
        }
        return parentsFirst(left, parents);
    }

    /** The same order each time: of those that may come next, the one whose name comes first. */
    private static List<StoredTable> parentsFirst(List<StoredTable> tables, Map<String, Set<String>> parents) {
        List<StoredTable> left = new ArrayList<>(tables);
        List<StoredTable> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!left.isEmpty()) {
            StoredTable next = left.stream()
                    .filter(table -> done.containsAll(parents.getOrDefault(table.name(), Set.of())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("tables refer to each other in a circle"));
            left.remove(next);
            ordered.add(next);
            done.add(next.name());
        }
        return ordered;
    }

    private static List<String> sequences(Connection connection, String schema) throws SQLException {
        List<String> settings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SEQUENCES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString("sequencename");
                    if (!rows.getBoolean("may_be_read")) {
                        throw new StoreMisconfigured(
                                "the panel's role may not read the sequence " + schema + "." + name
                                        + ", which belongs into a copy: GRANT USAGE ON ALL SEQUENCES IN SCHEMA "
                                        + schema
                                        + " to it",
                                null);
                    }
                    settings.add(
                            CopyFormat.sequence(schema, name, rows.getLong("value"), rows.getBoolean("is_called")));
                }
            }
        }
        return settings;
    }

    private static List<String> names(Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new StoreCorrupt("nothing is there to answer " + sql + ": restore a backup", null);
            }
            return rows.getString(1);
        }
    }
}
