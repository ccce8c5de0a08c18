package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTable.Column;
import io.aipanel.ports.backup.PortableTable.Kind;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.storage.FreshFile;
import io.aipanel.sqlite.storage.StoreConnection;
import io.aipanel.sqlite.storage.StoreFile;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills new files with rows that may be of another engine. */
public final class PortableWriting implements CopyWriter {

    /** So many rows are in memory at once. */
    private static final int AT_ONCE = 512;

    private final Map<StoreName, FreshFile> files = new EnumMap<>(StoreName.class);
    private final List<@Nullable Object[]> waiting = new ArrayList<>();
    private @Nullable PortableTable table;

    /** @param directory where to */
    public PortableWriting(Path directory) {
        boolean made = false;
        try {
            for (StoreName store : StoreName.values()) {
                FreshFile file = FreshFile.make(StoreFile.in(directory.toAbsolutePath(), store));
                files.put(store, file);
                // The change log has put rows there that are about to come.
                file.fill(connection -> PortableTables.of(store).stream()
                        .filter(each -> !each.name().equals(PortableTables.COUNTERS))
                        .forEach(each -> connection.handle().execute("DELETE FROM \"" + each.name() + '"')));
            }
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    @Override
    public void take(PortableTable next, @Nullable Object[] row) {
        if (next != table || waiting.size() == AT_ONCE) {
            write();
            table = next;
        }
        waiting.add(row);
    }

    private void write() {
        PortableTable of = table;
        if (of == null || waiting.isEmpty()) {
            return;
        }
        file(of.store()).fill(connection -> {
            if (of.name().equals(PortableTables.COUNTERS)) {
                waiting.forEach(row -> count(connection, of, row));
            } else {
                insert(connection, of);
            }
        });
        waiting.clear();
    }

    private void insert(StoreConnection connection, PortableTable of) {
        List<Column> columns = PortableForm.written(of);
        int[] positions =
                columns.stream().mapToInt(column -> of.position(column.name())).toArray();
        connection.changeEach(PortableForm.insert(of), waiting, (statement, row) -> {
            for (int i = 0; i < positions.length; i++) {
                bind(statement, i + 1, columns.get(i).kind(), row[positions[i]]);
            }
        });
    }

    private static void bind(PreparedStatement statement, int parameter, Kind kind, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(parameter, Types.NULL);
        } else if (kind == Kind.TEXT) {
            statement.setString(parameter, (String) value);
        } else if (kind == Kind.BYTES) {
            statement.setBytes(parameter, (byte[]) value);
        } else if (kind == Kind.REAL) {
            statement.setDouble(parameter, (Double) value);
        } else if (kind == Kind.FLAG) {
            statement.setInt(parameter, (Boolean) value ? 1 : 0);
        } else {
            statement.setLong(parameter, (Long) value);
        }
    }

    /** No number that was given before is given again. */
    private static void count(StoreConnection connection, PortableTable counters, @Nullable Object[] row) {
        Object name = row[counters.position("name")];
        PortableForm.counters(counters.store()).getOrDefault(String.valueOf(name), List.of()).stream()
                .forEach(counting -> {
                    connection.handle().execute("DELETE FROM sqlite_sequence WHERE name = ?", counting);
                    connection
                            .handle()
                            .execute(
                                    "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
                                    counting,
                                    row[counters.position("last")]);
                });
    }

    @Override
    public void finish() {
        write();
        files.values().forEach(FreshFile::finish);
    }

    private FreshFile file(StoreName store) {
        FreshFile file = files.get(store);
        if (file == null) {
            throw new IllegalStateException("there is no file of the store " + store);
        }
        return file;
    }

    @Override
    public void close() {
        files.values().forEach(FreshFile::close);
    }
}
