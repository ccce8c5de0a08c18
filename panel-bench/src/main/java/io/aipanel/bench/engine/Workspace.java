package io.aipanel.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A temporary directory for data. Below the directory that {@value #PARENT} names, else in the JVM's own for temporary
 * files.
 */
final class Workspace {

    /** The environment variable that says where. */
    static final String PARENT = "PANEL_BENCH_DIRECTORY";

    /** File systems that keep everything in memory: a durable commit costs nothing on them and means nothing. */
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private static final int TRIES = 10;

    private final Path directory;

    private Workspace(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes one.
     *
     * @throws IOException if that fails, or it would be in memory
     */
    static Workspace create() throws IOException {
        String named = System.getenv(PARENT);
        Path parent = Files.createDirectories(Path.of(named == null ? System.getProperty("java.io.tmpdir") : named));
        String fileSystem = Files.getFileStore(parent).type();
        if (IN_MEMORY.contains(fileSystem)) {
            throw new IOException(parent + " is a " + fileSystem + ", where nothing is durable: set " + PARENT
                    + " to a directory on a disk");
        }
        return new Workspace(Files.createTempDirectory(parent.toAbsolutePath(), "bench-"));
    }

    Path directory() {
        return directory;
    }

    /** Removes a directory below this one, or this one, with all that is in it. */
    static void remove(Path tree) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (Stream<Path> paths = Files.walk(tree)) {
                List<Path> deepestFirst =
                        paths.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.deleteIfExists(path);
                }
                return;
            } catch (NoSuchFileException e) {
                return;
            } catch (DirectoryNotEmptyException | UncheckedIOException e) {
                // Somebody still writes: when the process is asked to end, a measurement may be under way.
                if (attempt == TRIES) {
                    throw new IOException(tree + " could not be removed, because files appear in it", e);
                }
            }
        }
    }

    void remove() throws IOException {
        remove(directory);
    }
}
