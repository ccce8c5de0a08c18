package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.backup.RowReceiver;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.backup.CopyFormat.SequenceLine;
import io.aipanel.postgres.backup.CopyFormat.TableLine;
import io.aipanel.postgres.storage.FreshSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a copy in the form that every engine has, without a server. For one thread. */
public final class PortableReading {

    private final StoreName store;
    private final Path file;
    private final RowReceiver rows;
    private final Set<PortableTable> read = new HashSet<>();
    private final Map<String, Long> sequences = new HashMap<>();

    /**
     * @param store which store it is a copy of
     * @param directory where it is
     * @param rows is given its rows
     */
    public PortableReading(StoreName store, Path directory, RowReceiver rows) {
        this.store = store;
        this.file = directory.resolve(PostgresSnapshot.name(store));
        this.rows = rows;
    }

    /**
     * Reads all of it.
     *
     * @throws StoreMisconfigured if it was made by another version of the panel
     * @throws StoreCorrupt if it cannot be read
     */
    public void run() {
        try (InputStream in = Files.newInputStream(file)) {
            read(new CopyLines(in));
        } catch (IOException e) {
            throw corrupt("cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")", e);
        } catch (BrokenCopy e) {
            throw corrupt(e.what(), e);
        }
    }

    private void read(CopyLines lines) throws IOException, BrokenCopy {
        while (lines.next()) {
            if (lines.startsWith(CopyFormat.END)) {
                end(lines);
                return;
            }
            String line = lines.text();
            Optional<TableLine> table = CopyFormat.table(line);
            if (table.isPresent()) {
                table(table.get(), lines);
            } else if (line.startsWith(CopyFormat.SCHEMA)) {
                requireNewest(line.substring(CopyFormat.SCHEMA.length()));
            } else {
                CopyFormat.sequence(line).ifPresent(this::sequence);
            }
        }
        throw new BrokenCopy("ends too early: its last line is missing");
    }

    /** What an older schema means is known to the server's change log only, which changes a database and no copy. */
    private void requireNewest(String version) {
        String newest = FreshSchema.newest(store);
        if (!version.equals(newest)) {
            String what = file.getFileName() + " has the schema version '" + version + "', ";
            throw new StoreMisconfigured(
                    FreshSchema.knows(store, version)
                            ? what + "and only '" + newest + "' can be brought to another engine: restore the backup on"
                                    + " PostgreSQL with this version of the panel, make another one there, and restore that"
                            : what + "which this program does not know: use the newer program that made it",
                    null);
        }
    }

    private void table(TableLine line, CopyLines lines) throws IOException, BrokenCopy {
        Optional<PortableTable> table = PortableTables.of(store).stream()
                .filter(each -> each.name().equals(line.table()))
                .findFirst();
        if (table.isEmpty()) {
            while (isRow(line, lines)) {
                // It follows from others.
            }
        } else if (line.table().equals(TallySums.TABLE)) {
            TallySums sums = new TallySums(table.get());
            rows(table.get(), line, lines, sums::add);
            sums.giveTo(rows);
        } else {
            rows(table.get(), line, lines, row -> rows.take(table.get(), row));
        }
    }

    private void rows(PortableTable table, TableLine line, CopyLines lines, Consumer<@Nullable Object[]> taking)
            throws IOException, BrokenCopy {
        int[] positions = positions(table, line.columns());
        while (isRow(line, lines)) {
            taking.accept(
                    row(table, positions, lines.rowOfTexts(), line.columns().size()));
        }
        read.add(table);
    }

    private static boolean isRow(TableLine line, CopyLines lines) throws IOException, BrokenCopy {
        if (!lines.next()) {
            throw new BrokenCopy("ends among the rows of " + line.table());
        }
        return !lines.is(CopyFormat.END_OF_ROWS);
    }

    /** Where each column of the table stands in a line. */
    private static int[] positions(PortableTable table, List<String> columns) throws BrokenCopy {
        List<String> names = columns.stream().map(CopyFormat::unquoted).toList();
        int[] positions = new int[table.columns().size()];
        for (int i = 0; i < positions.length; i++) {
            String name = table.columns().get(i).name();
            positions[i] = names.indexOf(name);
            if (positions[i] < 0) {
                throw new BrokenCopy("has no " + name + " in the rows of " + table.name());
            }
        }
        return positions;
    }

    private static @Nullable Object[] row(
            PortableTable table, int[] positions, List<@Nullable String> values, int columns) throws BrokenCopy {
        if (values.size() != columns) {
            throw new BrokenCopy("has a row of " + table.name() + " with another number of values than it has columns");
        }
        @Nullable Object[] row = new Object[positions.length];
        for (int i = 0; i < row.length; i++) {
            String value = values.get(positions[i]);
            row[i] = value == null
                    ? null
                    : PortableForm.read(value, table.columns().get(i).kind());
        }
        return row;
    }

    private void sequence(SequenceLine line) {
        sequences.put(line.name(), line.last());
    }

    private void end(CopyLines lines) throws BrokenCopy {
        if (!lines.text().endsWith("%08x".formatted(lines.checksumBefore()))) {
            throw new BrokenCopy("was changed since it was written: its checksum is another one");
        }
        for (PortableTable table : PortableTables.of(store)) {
            if (table.name().equals(PortableTables.COUNTERS)) {
                counters(table);
            } else if (!read.contains(table)) {
                throw new BrokenCopy("has no table " + table.name());
            }
        }
    }

    private void counters(PortableTable table) throws BrokenCopy {
        for (Map.Entry<String, String> counter : PortableForm.counters(store).entrySet()) {
            Long last = sequences.get(counter.getValue());
            if (last == null) {
                throw new BrokenCopy("does not say where the sequence " + counter.getValue() + " goes on");
            }
            rows.take(table, new Object[] {counter.getKey(), last});
        }
    }

    private StoreCorrupt corrupt(String what, Throwable cause) {
        return new StoreCorrupt(file + " " + what + ": restore another backup", cause);
    }
}
