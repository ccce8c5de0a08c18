package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.PortableTable.Column;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.storage.FreshSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The copy of one store that is being written row by row. For one thread. */
final class WrittenCopy implements AutoCloseable {

    private final StoreName store;
    private final CopyFile file;
    private final Set<String> begun = new HashSet<>();
    /** The highest number of each sequence. */
    private final Map<String, Long> sequences = new TreeMap<>();

    private final StringBuilder line = new StringBuilder();
    private @Nullable PortableTable table;
    private long rows;

    private WrittenCopy(StoreName store, CopyFile file) {
        this.store = store;
        this.file = file;
    }

    /** Begins the file. */
    static WrittenCopy begin(StoreName store, Path path, Instant at) {
        CopyFile file = CopyFile.make(path, written -> {});
        WrittenCopy copy = new WrittenCopy(store, file);
        copy.writing(() -> {
            file.line(CopyFormat.first());
            file.line(CopyFormat.STORE + store.wireName());
            file.line(CopyFormat.SCHEMA + FreshSchema.newest(store));
            file.line(CopyFormat.AT + at);
            file.line(CopyFormat.SERVER + "none, made of rows of another engine");
            file.line(CopyFormat.ENCODING);
        });
        return copy;
    }

    /** Writes a row. */
    void write(PortableTable of, @Nullable Object[] row) {
        if (of.name().equals(PortableTables.COUNTERS)) {
            count(of, row);
            return;
        }
        writing(() -> {
            if (of != table) {
                endTable();
                begin(of);
            }
            line.setLength(0);
            for (int i = 0; i < row.length; i++) {
                Column column = of.columns().get(i);
                Object value = row[i];
                if (i > 0) {
                    line.append('\t');
                }
                CopyText.write(value == null ? null : PortableForm.write(value, column.kind()), line);
                String sequence = PortableForm.sequence(of.name(), column.name());
                if (sequence != null && value instanceof Long number) {
                    sequences.merge(sequence, number, Math::max);
                }
            }
            line.append('\n');
            file.write(line.toString().getBytes(StandardCharsets.UTF_8));
            rows++;
        });
    }

    private void count(PortableTable counters, @Nullable Object[] row) {
        String sequence = PortableForm.counters(store).get(String.valueOf(row[counters.position("name")]));
        if (sequence != null && row[counters.position("last")] instanceof Long last) {
            sequences.put(sequence, last);
        }
    }

    private void begin(PortableTable of) throws IOException {
        table = of;
        begun.add(of.name());
        List<String> columns = of.columns().stream()
                .map(column -> CopyFormat.quoted(column.name()))
                .toList();
        file.line(CopyFormat.table(store.wireName(), of.name(), columns));
    }

    private void endTable() throws IOException {
        if (table != null) {
            file.line(CopyFormat.END_OF_ROWS);
            table = null;
        }
    }

    /** Writes what is left, and makes all of it durable. */
    void finish() {
        writing(() -> {
            endTable();
            for (PortableTable each : PortableTables.of(store)) {
                if (!begun.contains(each.name()) && !each.name().equals(PortableTables.COUNTERS)) {
                    begin(each);
                    endTable();
                }
            }
            for (Map.Entry<String, Long> each : sequences.entrySet()) {
                long last = each.getValue();
                file.line(CopyFormat.sequence(store.wireName(), each.getKey(), Math.max(1, last), last > 0));
            }
            file.line(CopyFormat.end(begun.size(), rows, file.checksum()));
            file.finish();
        });
    }

    @Override
    public void close() {
        file.close();
    }

    private void writing(Writing work) {
        try {
            work.run();
        } catch (IOException e) {
            throw file.failure(e);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
