package io.aipanel.sqlite;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RowReceiver;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.backup.Examination;
import io.aipanel.sqlite.backup.PortableReading;
import io.aipanel.sqlite.backup.PortableWriting;
import io.aipanel.sqlite.storage.FileSwap;
import io.aipanel.sqlite.storage.StorageDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Three SQLite files in one directory: {@code sqlite:DIRECTORY}, absolute or relative to the working directory. Knows no
 * {@linkplain StorageOptions#engineOptions() further keys}. One process at a time may serve a directory; others may use it
 * beside that.
 */
public final class SqliteStorageProvider implements StorageProvider {

    /** For {@link java.util.ServiceLoader}. */
    public SqliteStorageProvider() {}

    @Override
    public String scheme() {
        return "sqlite";
    }

    @Override
    public Storage open(StorageOptions options) {
        if (!options.engineOptions().isEmpty()) {
            String unknown = new TreeSet<>(options.engineOptions().keySet()).first();
            throw new StoreMisconfigured(
                    "storage." + unknown + " means nothing to SQLite: remove it, or choose another storage", null);
        }
        return SqliteStorage.open(options);
    }

    @Override
    public CopyReport examine(StoreName store, Path file) {
        return Examination.of(store, file);
    }

    @Override
    public Optional<String> whyCopiesStayClosed(StorageOptions options) {
        return Optional.empty();
    }

    @Override
    public Storage openCopies(Path directory, StorageOptions options) {
        return open(StorageOptions.of("sqlite:" + directory.toAbsolutePath()).clock(options.clock()));
    }

    @Override
    public void readCopies(Path directory, RowReceiver rows) {
        // Brings them up to date, and leaves all they have in the files themselves.
        openCopies(directory, StorageOptions.of("sqlite:" + directory)).close();
        PortableReading.read(directory, rows);
    }

    @Override
    public CopyWriter writeCopies(Path directory, Instant at) {
        return new PortableWriting(directory);
    }

    @Override
    public Restoration beginRestoration(StorageOptions options) {
        return SqliteRestoration.begin(options);
    }

    @Override
    public List<String> discardReplaced(StorageOptions options) {
        StorageDirectory directory = StorageDirectory.ofUrl(options.url());
        directory.make();
        return FileSwap.aside(directory).stream()
                .map(aside -> {
                    FileSwap.discard(directory, aside);
                    return aside.toString();
                })
                .toList();
    }
}
