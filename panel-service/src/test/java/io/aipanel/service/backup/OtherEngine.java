package io.aipanel.service.backup;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RowReceiver;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQLite under another name: an engine that is not the one that the backups are of.
 *
 * @param mistake what happens to rows on their way into it
 */
record OtherEngine(StorageProvider sqlite, Mistake mistake) implements StorageProvider {

    /** One that makes no mistakes. */
    static OtherEngine sound() {
        return new OtherEngine(new SqliteStorageProvider(), (table, row, to) -> to.take(table, row));
    }

    /** One that does. */
    static OtherEngine with(Mistake mistake) {
        return new OtherEngine(new SqliteStorageProvider(), mistake);
    }

    @Override
    public String scheme() {
        return "other";
    }

    @Override
    public Storage open(StorageOptions options) {
        return sqlite.open(options);
    }

    @Override
    public CopyReport examine(StoreName store, Path file) {
        return sqlite.examine(store, file);
    }

    @Override
    public Optional<String> whyCopiesStayClosed(StorageOptions options) {
        return sqlite.whyCopiesStayClosed(options);
    }

    @Override
    public Storage openCopies(Path directory, StorageOptions options) {
        return sqlite.openCopies(directory, options);
    }

    @Override
    public void readCopies(Path directory, RowReceiver rows) {
        sqlite.readCopies(directory, rows);
    }

    @Override
    public CopyWriter writeCopies(Path directory, Instant at) {
        CopyWriter writer = sqlite.writeCopies(directory, at);
        return new CopyWriter() {
            @Override
            public void take(PortableTable table, @Nullable Object[] row) {
                mistake.pass(table, row, writer);
            }

            @Override
            public void finish() {
                writer.finish();
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    @Override
    public Restoration beginRestoration(StorageOptions options) {
        return sqlite.beginRestoration(options);
    }

    @Override
    public List<String> discardReplaced(StorageOptions options) {
        return sqlite.discardReplaced(options);
    }

    /** What becomes of a row. */
    @FunctionalInterface
    interface Mistake {

        /** Hands a row on, or another, or none. */
        void pass(PortableTable table, @Nullable Object[] row, RowReceiver to);
    }
}
