package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.service.NotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory with all backups, each in a directory of its own. What is being made has another kind of name until it is
 * whole, so that whatever has a backup's name is one.
 */
final class ArchiveDirectory {

    static final String KEY = "backup.directory";
    static final String COPIES_KEY = "backup.copy.directory";

    private final WorkDirectory work;
    private final String key;
    private final Keyring keyring;

    private ArchiveDirectory(WorkDirectory work, String key, Keyring keyring) {
        this.work = work;
        this.key = key;
        this.keyring = keyring;
    }

    /** One that is made when it is first needed. */
    static ArchiveDirectory made(Path path, Keyring keyring) {
        return new ArchiveDirectory(new WorkDirectory(path, KEY, true), KEY, keyring);
    }

    /** One for copies, which must be there: what it is on may not be mounted. */
    static ArchiveDirectory mounted(Path path, Keyring keyring) {
        return new ArchiveDirectory(new WorkDirectory(path, COPIES_KEY, false), COPIES_KEY, keyring);
    }

    /**
     * The usual directory.
     *
     * @throws InvalidValueException ({@code backup.directory}) if there is none
     */
    static ArchiveDirectory of(BackupOptions options) {
        Path path = options.directory()
                .orElseThrow(() ->
                        new InvalidValueException(KEY, "must name a directory: without one there are no backups"));
        return made(path, new Keyring(options.secret()));
    }

    Path path() {
        return work.path();
    }

    /** All backups, the newest first; each is read when it comes to it. */
    Stream<Backup> newestFirst() {
        return names().stream().map(name -> at(name).describe(name));
    }

    /**
     * The newest sound one; empty if there is none.
     *
     * @param latest those of later instants do not count: they were made while the clock was wrong
     */
    Optional<Backup> newestSound(Instant latest) {
        return newestFirst()
                .filter(Backup::isSound)
                .filter(backup -> !backup.manifest().orElseThrow().at().isAfter(latest))
                .findFirst();
    }

    /**
     * One backup.
     *
     * @throws NotFound if there is none of this name
     */
    Archive archive(BackupName name) {
        if (!Files.isDirectory(path().resolve(name.value()))) {
            throw new NotFound("backup " + name + " in " + path());
        }
        return at(name);
    }

    /**
     * Does something while nobody else makes, checks or removes a backup here. What somebody has left unfinished is removed
     * before.
     *
     * @throws BackupsBusy if somebody else does
     * @throws BackupFailed if the directory cannot be used
     */
    <T> T exclusively(WorkDirectory.Work<T> action) {
        try {
            return work.exclusively(action);
        } catch (IOException e) {
            throw work.unusable(e);
        }
    }

    /** Refuses to go on if it must be there and is not. */
    void requireThere() {
        work.requireThere();
    }

    /** A new directory for a backup that is being made. Only within {@link #exclusively}. */
    Archive begin() throws IOException {
        return new Archive(work.begin(), keyring);
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
        Durably.sync(unfinished.directory());
        Durably.move(unfinished.directory(), path().resolve(name.value()));
        return at(name);
    }

    /** Removes a backup; never half of one that still has its name. Only within {@link #exclusively}. */
    void remove(BackupName name) throws IOException {
        work.remove(archive(name).directory());
    }

    private Archive at(BackupName name) {
        return new Archive(path().resolve(name.value()), keyring);
    }

    private List<BackupName> names() {
        try (Stream<Path> entries = Files.list(path())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(BackupName::isOne)
                    .map(BackupName::new)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new BackupFailed(
                    path() + " cannot be read (" + e + "): give it to the user that runs the panel, or choose another"
                            + " directory with " + key,
                    e);
        }
    }
}
