package io.aipanel.sqlite.storage;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The directory with the three files. What is made here belongs to its owner alone.
 *
 * <p>A file that exists is never opened here: SQLite's locks are POSIX locks, and closing any descriptor of a file drops
 * all that this process holds on it.
 *
 * @param path where it is, absolute
 */
public record StorageDirectory(Path path) {

    private static final String SCHEME = "sqlite:";

    private static final FileAttribute<?> OWNER_ENTERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_READS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * The directory that a storage URL names, relative to the working directory unless it is absolute.
     *
     * @throws InvalidValueException if the URL is not of the form {@code sqlite:DIRECTORY}
     */
    public static StorageDirectory ofUrl(String url) {
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || url.length() == SCHEME.length()) {
            throw new InvalidValueException("storage", "must be sqlite:DIRECTORY, for example sqlite:/var/lib/panel");
        }
        try {
            return new StorageDirectory(
                    Path.of(url.substring(SCHEME.length())).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new InvalidValueException("storage", "must be sqlite:DIRECTORY, and this names no directory");
        }
    }

    /** The files that are, or will be, in it, in the order of {@link StoreName}. */
    public List<StoreFile> files() {
        return Arrays.stream(StoreName.values())
                .map(name -> StoreFile.in(path, name))
                .toList();
    }

    /**
     * Makes the files where they are missing. Only for whoever has the {@link OpenLock}: otherwise they may be missing because
     * they are just being replaced. Whether the audit log's file may be written is not asked: the panel can work without it for
     * a while.
     *
     * @return the files, in the order of {@link StoreName}
     * @throws StoreMisconfigured if a file cannot be made, read or written
     */
    public List<StoreFile> makeFiles() {
        List<StoreFile> files = files();
        for (StoreFile file : files) {
            if (file.name() == StoreName.AUDIT) {
                makeIfMissing(file.path());
            } else {
                makeFile(file.path());
            }
        }
        return files;
    }

    /**
     * Makes the directory and its files where they are missing, when nobody replaces any.
     *
     * @return the files, in the order of {@link StoreName}
     * @throws StoreMisconfigured as {@link #make} and {@link #makeFiles} do
     */
    public List<StoreFile> prepare() {
        make();
        return makeFiles();
    }

    /**
     * Makes the directory if it is missing.
     *
     * @throws StoreMisconfigured if it cannot be made, read or written
     */
    public void make() {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
            throw new StoreMisconfigured(path + " is not a directory: choose another one for the storage", null);
        }
        try {
            makeForOwner(path);
        } catch (IOException e) {
            throw new StoreMisconfigured(
                    "the directory " + path + " cannot be made (" + reason(e)
                            + "): make it and give it to the user that runs the panel",
                    e);
        }
        if (!Files.isWritable(path) || !Files.isReadable(path) || !Files.isExecutable(path)) {
            throw new StoreMisconfigured(
                    "the directory " + path + " cannot be written: give it to the user that runs the panel,"
                            + " and see that its file system is not mounted read-only",
                    null);
        }
    }

    /** Makes a directory for its owner alone, unless it is there. */
    static void makeForOwner(Path directory) throws IOException {
        Files.createDirectories(directory, OWNER_ENTERS);
    }

    /** Makes a file for its owner alone, unless it is there for this user to read and write. */
    static void makeFile(Path file) {
        makeIfMissing(file);
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw new StoreMisconfigured(
                    file + " cannot be read and written: give it to the user that runs the panel", null);
        }
    }

    private static void makeIfMissing(Path file) {
        try {
            Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_READS)
                    .close();
            return;
        } catch (FileAlreadyExistsException e) {
            // as on every start but the first
        } catch (IOException e) {
            throw new StoreMisconfigured(
                    file + " cannot be made (" + reason(e) + "): see that the user that runs the panel may write there",
                    e);
        }
        if (!Files.isRegularFile(file)) {
            throw new StoreMisconfigured(file + " is not a file: move it away", null);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
