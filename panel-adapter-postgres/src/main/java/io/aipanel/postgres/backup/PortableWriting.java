package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.storage.StoreName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows that may be of another engine into copies, without a server. */
public final class PortableWriting implements CopyWriter {

    private final Map<StoreName, WrittenCopy> copies = new EnumMap<>(StoreName.class);

    /**
     * @param directory where to
     * @param at the instant that the rows are of
     */
    public PortableWriting(Path directory, Instant at) {
        boolean made = false;
        try {
            for (StoreName store : StoreName.values()) {
                copies.put(store, WrittenCopy.begin(store, directory.resolve(PostgresSnapshot.name(store)), at));
            }
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    @Override
    public void take(PortableTable table, @Nullable Object[] row) {
        WrittenCopy copy = copies.get(table.store());
        if (copy == null) {
            throw new IllegalStateException("there is no copy of the store " + table.store());
        }
        copy.write(table, row);
    }

    @Override
    public void finish() {
        copies.values().forEach(WrittenCopy::finish);
    }

    @Override
    public void close() {
        copies.values().forEach(WrittenCopy::close);
    }
}
