package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of one store.
 *
 * @param name which store
 * @param path where it is, absolute
 * @param openParameters what SQLite is told when it opens the file (its URI parameters), {@code vfs=…} for example; empty
 *     for nothing
 */
public record StoreFile(StoreName name, Path path, String openParameters) {

    /** A file that is opened as SQLite does by default. */
    public static StoreFile in(Path directory, StoreName name) {
        return new StoreFile(name, directory.resolve(nameOf(name)), "");
    }

    /** What the file of a store is called, and a copy of it. */
    public static String nameOf(StoreName store) {
        return store.wireName() + ".db";
    }

    /** The write-ahead log: beside the file, where that really is if the path is a symbolic link. */
    public Path wal() {
        Path file = real();
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** How large the file is, without its log. Asks the file system only, and does not open the file. */
    public long bytes() {
        return sizeOf(path);
    }

    /** How large the write-ahead log is. */
    public long walBytes() {
        return sizeOf(wal());
    }

    private static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException none) {
            return 0;
        }
    }

    /**
     * The JDBC URL. A file URI, because the driver takes what follows a question mark in a plain path for options.
     */
    String jdbcUrl() {
        return "jdbc:sqlite:" + path.toUri() + (openParameters.isEmpty() ? "" : "?" + openParameters);
    }

    private Path real() {
        try {
            return path.toRealPath();
        } catch (IOException notThereYet) {
            return path;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
