package io.aipanel.sqlite;

import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A fresh storage in a directory of its own. The schema is built once; each test gets a copy of those files, made while
 * no one has them open.
 */
public final class SqliteStorageHarness implements StorageHarness {

    private final Path directory;
    private final MovableClock clock = new MovableClock();
    private final StorageOptions options;
    private final List<Storage> opened = new CopyOnWriteArrayList<>();
    private final List<Path> directories = new CopyOnWriteArrayList<>();
    private final Storage storage;

    private SqliteStorageHarness(Path directory) {
        this.directory = directory;
        this.directories.add(directory);
        this.options = optionsOf(directory);
        this.storage = openAnother(UnaryOperator.identity());
    }

    /** A fresh, empty storage. */
    public static SqliteStorageHarness create() {
        try {
            Path directory = Files.createTempDirectory("panel-sqlite");
            copy(Template.DIRECTORY, directory);
            return new SqliteStorageHarness(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StorageOptions optionsOf(Path files) {
        return new StorageOptions(
                "sqlite:" + files,
                Optional.empty(),
                StorageOptions.DEFAULT_TIMEOUT,
                StorageOptions.DEFAULT_OUTBOX_MAX,
                false,
                Map.of(),
                clock);
    }

    /** Where the files are. */
    Path directory() {
        return directory;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage openAnother(UnaryOperator<StorageOptions> change) {
        Storage another = new SqliteStorageProvider().open(change.apply(options));
        opened.add(another);
        return another;
    }

    @Override
    public StorageOptions options() {
        return options;
    }

    @Override
    public StorageProvider provider() {
        return new SqliteStorageProvider();
    }

    @Override
    public Storage openCopies(Map<StoreName, Path> copies) {
        try {
            Path restored = Files.createTempDirectory("panel-sqlite-restored");
            directories.add(restored);
            for (Map.Entry<StoreName, Path> copy : copies.entrySet()) {
                Files.copy(copy.getValue(), restored.resolve(copy.getKey().wireName() + ".db"));
            }
            return openAnother(unchanged -> optionsOf(restored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void advance(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public void close() {
        opened.forEach(Storage::close);
        directories.forEach(SqliteStorageHarness::delete);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made once, by whoever needs it first. */
    private static final class Template {

        private static final Path DIRECTORY = make();

        private static Path make() {
            try {
                Path directory = Files.createTempDirectory("panel-sqlite-template");
                new SqliteStorageProvider()
                        .open(StorageOptions.of("sqlite:" + directory))
                        .close();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
