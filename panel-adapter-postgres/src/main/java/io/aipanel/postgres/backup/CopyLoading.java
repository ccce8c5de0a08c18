package io.aipanel.postgres.backup;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.backup.CopyFormat.TableLine;
import io.aipanel.postgres.storage.SqlStates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern SEQUENCE = Pattern.compile(
            Pattern.quote(CopyFormat.SEQUENCE) + "'([a-z_]+\\.[a-z0-9_]+)', (\\d{1,18}), (true|false)\\);");

    private final Connection connection;
    private final StoreName store;
    private final Path file;
    private final Map<String, List<String>> columns;

    /** @param columns the columns of each table that there is, by its name */
    CopyLoading(Connection connection, StoreName store, Path file, Map<String, List<String>> columns) {
        this.connection = connection;
        this.store = store;
        this.file = file;
        this.columns = columns;
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
        List<String> there = columns.get(table.table());
        if (!table.schema().equals(store.wireName()) || there == null || !there.containsAll(table.columns())) {
            throw new BrokenCopy(
                    "has rows of a table " + table.table() + " that is another one than its version of the schema has");
        }
        // The columns are some of those that the server has named.
        String sql = "COPY " + table.schema() + "." + table.table() + " (" + String.join(", ", table.columns())
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
        Matcher matcher = SEQUENCE.matcher(line);
        if (!matcher.matches() || !matcher.group(1).startsWith(store.wireName() + ".")) {
            throw new BrokenCopy("has a line that no copy has: '" + line + "'");
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT setval(CAST(? AS regclass), ?, ?)")) {
            statement.setString(1, matcher.group(1));
            statement.setLong(2, Long.parseLong(matcher.group(2)));
            statement.setBoolean(3, Boolean.parseBoolean(matcher.group(3)));
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
