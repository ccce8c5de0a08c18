package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTable.Kind;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.backup.RowReceiver;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.storage.StillFile;
import io.aipanel.sqlite.storage.StoreConnection;
import io.aipanel.sqlite.storage.StoreFile;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads copies that are up to date, and that nobody has open, in the form that every engine has. */
public final class PortableReading {

    /**
     * An effect that has arrived waits no more, even if it is still in the outbox: see {@code EffectMover}, which marks those of
     * the queue store.
     */
    private static final String WAITING = " WHERE effect_id NOT IN (SELECT value FROM json_each(?))";

    private static final String COUNTED = " WHERE jobs <> 0 OR ended <> 0";

    private final Path directory;
    private final RowReceiver rows;

    private PortableReading(Path directory, RowReceiver rows) {
        this.directory = directory;
        this.rows = rows;
    }

    /**
     * Reads all rows of all three stores.
     *
     * @param directory where they are
     * @param rows is given them
     * @throws io.aipanel.ports.storage.StoreException if one cannot be read
     */
    public static void read(Path directory, RowReceiver rows) {
        PortableReading reading = new PortableReading(directory, rows);
        for (StoreName store : StoreName.values()) {
            reading.still(store, connection -> reading.read(store, connection));
        }
    }

    private StoreName read(StoreName store, StoreConnection connection) {
        for (PortableTable table : PortableTables.of(store)) {
            switch (table.name()) {
                case PortableTables.COUNTERS -> counters(table, connection);
                case "audit_outbox" -> outbox(table, connection, delivered(StoreName.AUDIT, ""));
                case "job_outbox" -> outbox(table, connection, delivered(StoreName.QUEUE, ""));
                case "event_outbox" -> outbox(table, connection, delivered(StoreName.AUDIT, "queue:"));
                case "tallies" ->
                    connection.prepared(PortableForm.select(table) + COUNTED, statement -> all(table, statement));
                default -> connection.prepared(PortableForm.select(table), statement -> all(table, statement));
            }
        }
        return store;
    }

    private void outbox(PortableTable table, StoreConnection connection, String delivered) {
        connection.prepared(PortableForm.select(table) + WAITING, statement -> {
            statement.setString(1, delivered);
            return all(table, statement);
        });
    }

    /** The ids of the effects that have arrived at a store, as JSON; they need no escapes. */
    private String delivered(StoreName at, String mark) {
        return still(
                at,
                connection -> connection
                        .handle()
                        .createQuery("SELECT substr(effect_id, length(:mark) + 1) FROM delivered"
                                + " WHERE substr(effect_id, 1, length(:mark)) = :mark")
                        .bind("mark", mark)
                        .mapTo(String.class)
                        .list()
                        .stream()
                        .map(id -> '"' + id + '"')
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private void counters(PortableTable table, StoreConnection connection) {
        PortableForm.counters(table.store())
                .forEach((name, tables) -> rows.take(table, new Object[] {name, last(connection, tables)}));
    }

    private static long last(StoreConnection connection, List<String> tables) {
        return connection
                .handle()
                .createQuery("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name IN (<tables>)")
                .bindList("tables", tables)
                .mapTo(Long.class)
                .one();
    }

    private Void all(PortableTable table, PreparedStatement statement) throws SQLException {
        List<Kind> kinds =
                table.columns().stream().map(PortableTable.Column::kind).toList();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                @Nullable Object[] row = new Object[kinds.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = value(found, i + 1, kinds.get(i));
                }
                rows.take(table, row);
            }
        }
        return null;
    }

    private static @Nullable Object value(ResultSet row, int column, Kind kind) throws SQLException {
        if (kind == Kind.TEXT) {
            return row.getString(column);
        }
        if (kind == Kind.BYTES) {
            return row.getBytes(column);
        }
        if (kind == Kind.REAL) {
            double real = row.getDouble(column);
            return row.wasNull() ? null : (Object) real;
        }
        long number = row.getLong(column);
        if (row.wasNull()) {
            return null;
        }
        return kind == Kind.FLAG ? (Object) (number != 0) : (Object) number;
    }

    private <T> T still(StoreName store, Function<StoreConnection, T> work) {
        return StillFile.read(store, directory.resolve(StoreFile.nameOf(store)), work);
    }
}
