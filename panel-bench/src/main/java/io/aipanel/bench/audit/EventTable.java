package io.aipanel.bench.audit;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.domain.audit.NewAuditEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The panel's table of events with its indexes, and its tables of entries on SQLite, and nothing else, no tree and no triggers,
 * in a database of its own.
 */
final class EventTable {

    /** After so many events SQLite's tables of entries get theirs: as often as the panel's. */
    private static final int PERIOD = 8_192;

    private static final List<String> ENTERED = List.of("actor", "action", "target", "address");

    private final EngineName engine;

    EventTable(EngineName engine) {
        this.engine = engine;
    }

    /** Makes the table as the panel's migrations make it. */
    void create(Database source, Database target) throws SQLException {
        DurablePanel.open(source).close();
        List<String> statements = switch (engine) {
            case SQLITE -> definitionsOfSqlite(source);
            case POSTGRES -> definitionsOfPostgres(source);
        };
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> definitionsOfSqlite(Database source) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ATTACH DATABASE '" + source.panelUrl().substring("sqlite:".length()) + "/audit.db' AS audit");
            return texts(statement, """
                    SELECT sql FROM audit.sqlite_schema
                    WHERE (tbl_name = 'events' OR tbl_name LIKE 'entries\\_by\\_%' ESCAPE '\\')
                      AND type IN ('table', 'index') AND sql NOT NULL
                    ORDER BY type = 'index', name
                    """);
        }
    }

    private static List<String> definitionsOfPostgres(Database source) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            List<String> statements = new ArrayList<>();
            statements.add("CREATE SCHEMA audit");
            statements.addAll(texts(statement, """
                    SELECT 'CREATE TABLE audit.events (' || string_agg(quote_ident(attname) || ' '
                               || format_type(atttypid, atttypmod)
                               || CASE WHEN collname IS NULL OR collname = 'default' THEN ''
                                       ELSE ' COLLATE ' || quote_ident(collname) END
                               || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY attnum) || ')'
                    FROM pg_attribute LEFT JOIN pg_collation ON pg_collation.oid = attcollation
                    WHERE attrelid = 'audit.events'::regclass AND attnum > 0 AND NOT attisdropped
                    """));
            statements.addAll(texts(statement, """
                    SELECT indexdef FROM pg_indexes WHERE schemaname = 'audit' AND tablename = 'events' ORDER BY indexname
                    """));
            return statements;
        }
    }

    /**
     * Writes the entries of events that have come, if it is time for that.
     *
     * @param before how many events there were before
     * @param size how many there are
     */
    void keepUp(Connection connection, long before, long size) throws SQLException {
        long end = size / PERIOD * PERIOD;
        if (engine != EngineName.SQLITE || before >= end) {
            return;
        }
        for (String column : ENTERED) {
            try (PreparedStatement statement = connection.prepareStatement("""
                    INSERT INTO entries_by_%1$s (%1$s, at, "index") SELECT %1$s, at, "index" FROM events
                    WHERE "index" >= ? AND "index" < ? ORDER BY %1$s, at, "index"
                    """.formatted(column))) {
                statement.setLong(1, before / PERIOD * PERIOD);
                statement.setLong(2, end);
                statement.executeUpdate();
            }
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        if (texts.isEmpty()) {
            throw new IllegalStateException("the panel has no table of events");
        }
        return texts;
    }

    /** What inserts an event. */
    String insert() {
        return switch (engine) {
            case SQLITE -> "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
            case POSTGRES -> "INSERT INTO audit.events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        };
    }

    /** Gives {@link #insert} its parameters. */
    void bind(PreparedStatement statement, long index, NewAuditEvent event) throws SQLException {
        statement.setLong(1, index);
        if (engine == EngineName.SQLITE) {
            statement.setLong(
                    2,
                    Math.multiplyExact(event.at().getEpochSecond(), 1_000_000L)
                            + event.at().getNano() / 1_000);
        } else {
            statement.setObject(2, OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC));
        }
        statement.setString(3, event.actor());
        statement.setString(4, event.action());
        statement.setString(5, event.target());
        statement.setString(6, event.outcome().name().toLowerCase(Locale.ROOT));
        statement.setString(7, event.address().orElse(null));
        statement.setString(8, event.requestId().orElse(null));
        statement.setString(9, event.details().value());
    }
}
