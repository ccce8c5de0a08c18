package io.aipanel.ports.backup;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Copies to test with, in a directory that goes when this is closed. */
final class Copies implements AutoCloseable {

    /** Who does not care how far a copy is. */
    static final CopyProgress UNHEARD = (done, all) -> {};

    private final StorageHarness harness;
    private final Path directory;

    private Copies(StorageHarness harness, Path directory) {
        this.harness = harness;
        this.directory = directory;
    }

    /** A directory for copies of what a harness has. */
    static Copies of(StorageHarness harness) {
        try {
            return new Copies(harness, Files.createTempDirectory("panel-copies"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A place in the directory. */
    Path place(String name) {
        return directory.resolve(name);
    }

    /** Copies one store under a name that nothing has yet. */
    Path copy(Snapshot snapshot, StoreName store) {
        try {
            Path file = Files.createTempDirectory(directory, "copy").resolve(snapshot.fileName(store));
            snapshot.copy(store, file, UNHEARD);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies all stores. */
    Map<StoreName, Path> copyAll(Snapshot snapshot) {
        Map<StoreName, Path> files = new EnumMap<>(StoreName.class);
        for (StoreName store : StoreName.values()) {
            files.put(store, copy(snapshot, store));
        }
        return files;
    }

    /** Copies all stores as they are now. */
    Map<StoreName, Path> copyAll() {
        try (Snapshot snapshot = harness.storage().snapshot()) {
            return copyAll(snapshot);
        }
    }

    /** Copies all stores as they are now to a directory of their own. */
    Path together() {
        try (Snapshot snapshot = harness.storage().snapshot()) {
            Path together = Files.createTempDirectory(directory, "together");
            for (StoreName store : StoreName.values()) {
                snapshot.copy(store, together.resolve(snapshot.fileName(store)), UNHEARD);
            }
            return together;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The copy of a store that is among others. */
    Path file(Path together, StoreName store) {
        try (Stream<Path> files = Files.list(together)) {
            return files.filter(file -> file.getFileName().toString().startsWith(store.wireName() + "."))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks at copies. */
    Map<StoreName, CopyReport> examine(Map<StoreName, Path> files) {
        Map<StoreName, CopyReport> reports = new EnumMap<>(StoreName.class);
        files.forEach((store, file) -> reports.put(store, harness.provider().examine(store, file)));
        return reports;
    }

    /** The rows of each store, by their tables. */
    static Map<StoreName, Map<String, Long>> rows(Map<StoreName, CopyReport> reports) {
        Map<StoreName, Map<String, Long>> rows = new EnumMap<>(StoreName.class);
        reports.forEach((store, report) -> rows.put(store, report.rows()));
        return rows;
    }

    /** Every file of the directory, and a mark that tells what is in it. */
    Map<Path, UUID> marks() {
        try (Stream<Path> files = Files.walk(directory)) {
            Map<Path, UUID> marks = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                marks.put(file, UUID.nameUUIDFromBytes(Files.readAllBytes(file)));
            }
            return marks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
