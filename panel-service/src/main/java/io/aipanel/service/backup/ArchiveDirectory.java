package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.service.NotFound;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory with all backups, each in a directory of its own. What is being made has another kind of name until it is
 * whole, so that whatever has a backup's name is one.
 */
final class ArchiveDirectory {

    private static final String UNFINISHED = ".unfinished-";
    private static final String LOCK = ".lock";

    private final Path path;

    ArchiveDirectory(Path path) {
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    /** All backups, the newest first; each is read when it comes to it. */
    Stream<Backup> newestFirst() {
        return names().stream().map(name -> new Archive(path.resolve(name.value())).describe(name));
    }

    /**
     * One backup.
     *
     * @throws NotFound if there is none of this name
     */
    Archive archive(BackupName name) {
        Path directory = path.resolve(name.value());
        if (!Files.isDirectory(directory)) {
            throw new NotFound("backup " + name + " in " + path);
        }
        return new Archive(directory);
    }

    /**
     * Does something while nobody else makes, checks or removes a backup here. What somebody has left unfinished is removed
     * before.
     *
     * @throws BackupsBusy if somebody else does
     * @throws BackupFailed if the directory cannot be used
     */
    <T> T exclusively(Work<T> work) {
        try {
            Durably.directory(path);
            try (FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (!isLocked(channel)) {
                    throw new BackupsBusy("a backup is being made, checked or removed in " + path + ": wait for it");
                }
                removeUnfinished();
                return work.run();
            }
        } catch (IOException e) {
            throw new BackupFailed(
                    path + " cannot be used (" + e
                            + "): see that there is room, give it to the user that runs the panel,"
                            + " or choose another directory with backup.directory",
                    e);
        }
    }

    /** A new directory for a backup that is being made. Only within {@link #exclusively}. */
    Archive begin() throws IOException {
        Path directory = path.resolve(UNFINISHED + UUID.randomUUID());
        Durably.directory(directory);
        return new Archive(directory);
    }

    /** The name of an instant; if the newest backup has that one or a later one, the next after it. Only within {@link #exclusively}. */
    BackupName nameFor(Instant at) {
        BackupName wanted = BackupName.of(at, 1);
        return names().stream()
                .findFirst()
                .filter(newest -> newest.compareTo(wanted) >= 0)
                .map(BackupName::next)
                .orElse(wanted);
    }

    /** Gives a backup that is whole its name. Only within {@link #exclusively}. */
    Archive finish(Archive unfinished, BackupName name) throws IOException {
        Path directory = path.resolve(name.value());
        Durably.sync(unfinished.directory());
        Durably.move(unfinished.directory(), directory);
        return new Archive(directory);
    }

    /** Removes a backup; never half of one that still has its name. Only within {@link #exclusively}. */
    void remove(BackupName name) throws IOException {
        Path going = path.resolve(UNFINISHED + UUID.randomUUID());
        Durably.move(archive(name).directory(), going);
        Durably.remove(going);
    }

    private List<BackupName> names() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(BackupName::isOne)
                    .map(BackupName::new)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new BackupFailed(
                    path + " cannot be read (" + e + "): give it to the user that runs the panel, or choose another"
                            + " directory with backup.directory",
                    e);
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
