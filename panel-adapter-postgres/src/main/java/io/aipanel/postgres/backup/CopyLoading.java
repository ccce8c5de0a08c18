package io.aipanel.postgres.backup;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.backup.CopyFormat.SequenceLine;
import io.aipanel.postgres.backup.CopyFormat.TableLine;
import io.aipanel.postgres.storage.SqlStates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Reads a copy into the empty tables of a schema of the same version. Nothing in the file is run as it stands there: where rows
 * go is compared with the tables that there are, and sequences are set by their names. For one thread.
 */
final class CopyLoading {

    private static final int BUFFER_BYTES = 1 << 17;

    private final Connection connection;
    private final StoreName store;
    private final Path file;
    private final Map<String, Map<String, String>> columns = new HashMap<>();

    /** @param columns the columns of each table that there is as SQL names them, by its name */
    CopyLoading(Connection connection, StoreName store, Path file, Map<String, List<String>> columns) {
        this.connection = connection;
        this.store = store;
        this.file = file;
        columns.forEach((table, names) -> this.columns.put(
                table, names.stream().collect(Collectors.toMap(CopyFormat::unquoted, Function.identity()))));
    }

    /**
     * Reads all of it.
     *
     * @throws StoreCorrupt if it cannot be read, or what it holds cannot be in such a schema
     */
    void run() throws SQLException {
        try (InputStream in = Files.newInputStream(file)) {
            read(new CopyLines(in));
        } catch (IOException e) {
            throw corrupt("cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")", e);
        } catch (BrokenCopy e) {
            throw corrupt(e.what(), e);
        } catch (SQLException e) {
            if (SqlStates.isRefusal(e)) {
                throw corrupt("has what PostgreSQL refuses (" + SqlStates.said(e) + ")", e);
            }
            throw e;
        }
    }

    private void read(CopyLines lines) throws IOException, BrokenCopy, SQLException {
        while (lines.next()) {
            if (lines.startsWith(CopyFormat.END)) {
                requireSame(lines);
                return;
            }
            String line = lines.text();
            TableLine table = CopyFormat.table(line).orElse(null);
            if (table != null) {
                rows(table, lines);
            } else if (line.startsWith(CopyFormat.SEQUENCE)) {
                set(line);
            } else if (!line.startsWith("--") && !line.equals(CopyFormat.ENCODING)) {
                throw new BrokenCopy("has a line that no copy has: '" + line + "'");
            }
        }
        throw new BrokenCopy("ends too early: its last line is missing");
    }

    private void rows(TableLine table, CopyLines lines) throws IOException, BrokenCopy, SQLException {
        Map<String, String> there = columns.getOrDefault(table.table(), Map.of());
        List<String> names = table.columns().stream().map(CopyFormat::unquoted).toList();
        if (!table.schema().equals(store.wireName()) || !there.keySet().containsAll(names)) {
            throw new BrokenCopy(
                    "has rows of a table " + table.table() + " that is another one than its version of the schema has");
        }
        String qualified = table.schema() + "." + table.table();
        if (table.table().equals(CopyFormat.CHANGES)) {
            forget(qualified);
        }
        // The columns are some of those that the server has named.
        String sql = "COPY " + qualified + " (" + names.stream().map(there::get).collect(Collectors.joining(", "))
                + ") FROM STDIN";
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            PGCopyOutputStream rows = new PGCopyOutputStream(copy, BUFFER_BYTES);
            while (true) {
                if (!lines.next()) {
                    throw new BrokenCopy("ends among the rows of " + table.table());
                }
                if (lines.is(CopyFormat.END_OF_ROWS)) {
                    break;
                }
                lines.writeTo(rows);
            }
            rows.endCopy();
        } finally {
            cancel(copy);
        }
    }

    /** A copy that has no such rows is of a schema that is as this program has just made it. */
    private void forget(String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table);
        }
    }

    /** The server may have ended it already. */
    private static void cancel(CopyIn copy) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            // That it was cancelled is what the server says, and what is wrong is being thrown.
        }
    }

    private void set(String line) throws BrokenCopy, SQLException {
        SequenceLine sequence = CopyFormat.sequence(line)
                .filter(found -> found.schema().equals(store.wireName()))
                .orElseThrow(() -> new BrokenCopy("has a line that no copy has: '" + line + "'"));
        try (PreparedStatement statement = connection.prepareStatement("SELECT setval(CAST(? AS regclass), ?, ?)")) {
            statement.setString(1, sequence.schema() + "." + sequence.name());
            statement.setLong(2, sequence.value());
            statement.setBoolean(3, sequence.isCalled());
            statement.executeQuery().close();
        }
    }

    private static void requireSame(CopyLines lines) throws BrokenCopy {
        if (!lines.text().endsWith("%08x".formatted(lines.checksumBefore()))) {
            throw new BrokenCopy("was changed since it was written: its checksum is another one");
        }
    }

    private StoreCorrupt corrupt(String what, @Nullable Throwable cause) {
        return new StoreCorrupt(file + " " + what + ": restore another backup", cause);
    }
}
