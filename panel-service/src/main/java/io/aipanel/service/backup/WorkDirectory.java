package io.aipanel.service.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A directory in which one at a time works, and where nothing stays of work that somebody was killed in. */
final class WorkDirectory {

    private static final String UNFINISHED = ".unfinished-";
    private static final String LOCK = ".lock";

    private final Path path;
    private final String key;
    private final boolean isMade;

    /**
     * @param key the name in the configuration, for messages
     * @param isMade whether it is made if there is none; otherwise that is refused
     */
    WorkDirectory(Path path, String key, boolean isMade) {
        this.path = path.toAbsolutePath();
        this.key = key;
        this.isMade = isMade;
    }

    Path path() {
        return path;
    }

    /**
     * Does something while nobody else works here. What somebody has left unfinished is removed before.
     *
     * @throws BackupsBusy if somebody else does
     * @throws BackupFailed if the directory is not there and is not to be made
     */
    <T> T exclusively(Work<T> work) throws IOException {
        if (isMade) {
            Durably.directory(path);
        } else {
            requireThere();
        }
        try (FileChannel channel =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!isLocked(channel)) {
                throw new BackupsBusy("a backup is being made, checked or removed in " + path + ": wait for it");
            }
            removeUnfinished();
            return work.run();
        }
    }

    /** A new directory for something that is not whole yet. Only within {@link #exclusively}. */
    Path begin() throws IOException {
        Path directory = path.resolve(UNFINISHED + UUID.randomUUID());
        Durably.directory(directory);
        return directory;
    }

    /** Removes a directory in here; never half of one that still has its name. Only within {@link #exclusively}. */
    void remove(Path directory) throws IOException {
        Path going = path.resolve(UNFINISHED + UUID.randomUUID());
        Durably.move(directory, going);
        Durably.remove(going);
    }

    BackupFailed unusable(IOException e) {
        return new BackupFailed(
                path + " cannot be used (" + e + "): see that there is room, give it to the user that runs the panel,"
                        + " or choose another directory with " + key,
                e);
    }

    /** An empty mount point must not be taken for what is usually mounted there. */
    void requireThere() {
        if (!Files.isDirectory(path)) {
            throw new BackupFailed(
                    path + " is not there: mount what it is on, make it, or choose another directory with " + key,
                    null);
        }
    }

    private void removeUnfinished() throws IOException {
        List<Path> unfinished;
        try (Stream<Path> entries = Files.list(path)) {
            unfinished = entries.filter(entry -> entry.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        }
        for (Path each : unfinished) {
            Durably.remove(each);
        }
    }

    /** The lock goes with the channel, and with the process. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException somebodyInThisProcess) {
            return false;
        }
    }

    /** What is done while nobody else does anything. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }
}
