package io.aipanel.sqlite;

import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
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
    private final Storage storage;

    private SqliteStorageHarness(Path directory) {
        this.directory = directory;
        this.options = new StorageOptions(
                "sqlite:" + directory,
                Optional.empty(),
                StorageOptions.DEFAULT_TIMEOUT,
                StorageOptions.DEFAULT_OUTBOX_MAX,
                false,
                Map.of(),
                clock);
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
        delete(directory);
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
