package io.aipanel.service;

import io.aipanel.service.jobs.JobMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An empty storage with a current schema, made once for all tests: bringing one up to date takes longer than most tests.
 * Its files are copied while nobody has them open.
 */
final class MigratedStorage {

    private static final List<Path> FILES = make();

    private MigratedStorage() {}

    /** Copies the files into a new directory; does nothing if it is there already. */
    static void copyTo(Path directory) {
        if (Files.exists(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory);
            for (Path file : FILES) {
                Files.copy(file, directory.resolve(file.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> make() {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "migrated");
            Panel.open(PanelOptions.of("sqlite:" + directory).jobs(JobMode.OFF)).close();
            try (Stream<Path> files = Files.list(directory)) {
                return files.filter(file -> file.toString().endsWith(".db")).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
