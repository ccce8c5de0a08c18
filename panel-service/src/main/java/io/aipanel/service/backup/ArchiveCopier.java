package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Copies archives from one directory to another, each whole or not at all. */
final class ArchiveCopier {

    private static final int BUFFER = 1 << 16;

    private final ArchiveDirectory from;
    private final ArchiveDirectory to;

    ArchiveCopier(ArchiveDirectory from, ArchiveDirectory to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Those that are not in the other directory and would be kept there, the newest first; none that was found damaged.
     *
     * @param zone where days begin
     */
    List<Backup> missing(Retention retention, ZoneId zone) {
        List<Backup> here = from.newestFirst().toList();
        List<Backup> there = to.newestFirst().toList();
        Set<BackupName> known = there.stream().map(Backup::name).collect(Collectors.toSet());
        List<Backup> candidates = here.stream()
                .filter(backup -> backup.isSound() && !known.contains(backup.name()))
                .toList();
        List<Backup> all = Stream.concat(there.stream(), candidates.stream()).toList();
        Set<BackupName> expired = new HashSet<>(retention.expired(all, zone));
        return candidates.stream()
                .filter(backup -> !expired.contains(backup.name()))
                .toList();
    }

    /**
     * Copies one. Only within {@link ArchiveDirectory#exclusively} of the directory that it goes to.
     *
     * @throws BackupFailed if it is not as its manifest says, or its copy is not; nothing is left of that
     * @throws io.aipanel.ports.storage.StoreFull if there is no room for it
     */
    void copy(Backup backup, CreateProgress progress) throws IOException {
        Manifest manifest = backup.manifest().orElseThrow();
        Scratch.requireRoom(to.path(), manifest.storedBytes(), ArchiveDirectory.COPIES_KEY);
        Archive unfinished = to.begin();
        try {
            for (ArchivedStore store : manifest.stores()) {
                copy(backup, unfinished, store.stored().name(), Optional.of(store.stored()), progress);
            }
            for (String name : List.of(Archive.MANIFEST, Archive.CHECKS)) {
                copy(backup, unfinished, name, Optional.empty(), progress);
            }
            to.finish(unfinished, backup.name());
        } finally {
            Durably.remove(unfinished.directory());
        }
    }

    /** @param expected what the file must be; empty for one that says so itself */
    private static void copy(
            Backup backup, Archive target, String name, Optional<StoredFile> expected, CreateProgress progress)
            throws IOException {
        Path source = backup.directory().resolve(name);
        Path copy = target.directory().resolve(name);
        MessageDigest digest = Digests.sha256();
        long done = 0;
        long all = Files.size(source);
        try (InputStream in = Files.newInputStream(source);
                OutputStream out = Channels.newOutputStream(Durably.create(copy))) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
                done += read;
                progress.told("copying " + backup.name() + "/" + name, done, all);
            }
        }
        Durably.sync(copy);
        String sha256 = Digests.text(digest);
        if (expected.isPresent() && !expected.get().sha256().equals(sha256)) {
            throw new BackupFailed(source + " was changed after it was made: its SHA-256 is another", null);
        }
        if (!Digests.of(copy).equals(sha256)) {
            throw new BackupFailed(copy + " does not hold what was written to it: check that disk", null);
        }
    }
}
