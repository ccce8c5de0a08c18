package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.ports.storage.StoreFull;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where copies lie as the engine made them while archives are made and tried out. Those of encrypted archives never touch the
 * directory with the archives: that may be anybody's.
 */
final class Scratch {

    static final String KEY = "backup.scratch.directory";

    private final Optional<WorkDirectory> beside;

    /** @param directory where those of encrypted archives lie; made if there is none. Empty if nothing is encrypted */
    Scratch(Optional<Path> directory) {
        this.beside = directory.map(path -> new WorkDirectory(path, KEY, true));
    }

    /**
     * Does something with an empty directory, which is removed afterwards, whatever happens; what a process was killed in is
     * removed by the next. Only within {@link ArchiveDirectory#exclusively}.
     *
     * @param isSecret whether what will lie there is encrypted in the archive
     * @throws InvalidValueException ({@code backup.scratch.directory}) if there is none for that
     */
    <T> T use(ArchiveDirectory archives, boolean isSecret, Work<T> work) throws IOException {
        if (!isSecret) {
            return within(archives.begin().directory(), work);
        }
        WorkDirectory directory = beside();
        return directory.exclusively(() -> within(directory.begin(), work));
    }

    /**
     * Refuses to begin what there is no room for.
     *
     * @param unpacked how many bytes the copies have as the engine made them
     * @param stored how many more will be in the directory with the archives, about; 0 for none
     * @throws StoreFull if there is not enough room
     */
    void requireRoom(ArchiveDirectory archives, boolean isSecret, long unpacked, long stored) throws IOException {
        if (!isSecret) {
            requireRoom(archives.path(), unpacked + stored, ArchiveDirectory.KEY);
            return;
        }
        Path path = beside().path();
        Durably.directory(path);
        boolean isOneDisk = store(path).equals(store(archives.path()));
        requireRoom(path, isOneDisk ? unpacked + stored : unpacked, KEY);
        requireRoom(archives.path(), stored, ArchiveDirectory.KEY);
    }

    static void requireRoom(Path path, long needed, String key) throws IOException {
        long room = store(path).getUsableSpace();
        if (room < needed) {
            throw new StoreFull(
                    "a backup needs about " + size(needed) + " in " + path + ", where " + size(room)
                            + " are free: free space, or choose another directory with " + key,
                    null);
        }
    }

    private WorkDirectory beside() {
        return beside.orElseThrow(() -> new InvalidValueException(
                KEY, "must name a directory: what an encrypted backup is made of has to lie somewhere meanwhile"));
    }

    private static <T> T within(Path directory, Work<T> work) throws IOException {
        try {
            return work.run(directory);
        } finally {
            Durably.remove(directory);
        }
    }

    private static FileStore store(Path path) throws IOException {
        return Files.getFileStore(path);
    }

    private static String size(long bytes) {
        return bytes < 10 << 20 ? ((bytes + 1023) >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }

    /** What is done with an empty directory. */
    @FunctionalInterface
    interface Work<T> {
        T run(Path directory) throws IOException;
    }
}
