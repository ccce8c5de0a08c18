package io.aipanel.service.backup;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one archive: copies one instant, looks at the copies, and only then gives the whole its name. */
final class Archiver {

    private final Storage storage;
    private final StorageProvider provider;
    private final ArchiveDirectory archives;
    private final String panelVersion;
    private final InstantSource clock;

    Archiver(
            Storage storage,
            StorageProvider provider,
            ArchiveDirectory archives,
            String panelVersion,
            InstantSource clock) {
        this.storage = storage;
        this.provider = provider;
        this.archives = archives;
        this.panelVersion = panelVersion;
        this.clock = clock;
    }

    /**
     * Makes an archive. Only within {@link ArchiveDirectory#exclusively}.
     *
     * @param method how the copies are made
     * @param checkpoint what was signed last; empty if nothing was
     * @throws BackupFailed if it cannot be made whole; nothing is left of it
     * @throws io.aipanel.ports.storage.StoreException if the storage cannot be copied
     * @throws UnsupportedOperationException if the engine cannot be copied by this method
     */
    Backup make(
            BackupTrigger trigger, BackupMethod method, Optional<SignedCheckpoint> checkpoint, CreateProgress progress)
            throws IOException {
        requireRoom();
        Archive unfinished = archives.begin();
        try {
            return make(unfinished, trigger, method, checkpoint, progress);
        } finally {
            Durably.remove(unfinished.directory());
        }
    }

    private Backup make(
            Archive unfinished,
            BackupTrigger trigger,
            BackupMethod method,
            Optional<SignedCheckpoint> checkpoint,
            CreateProgress progress)
            throws IOException {
        long begun = System.nanoTime();
        Map<StoreName, Path> copies = new EnumMap<>(StoreName.class);
        Instant at;
        try (Snapshot snapshot = snapshot(method)) {
            at = snapshot.at();
            for (StoreName store : StoreName.values()) {
                Path copy = unfinished.directory().resolve(snapshot.fileName(store));
                snapshot.copy(store, copy, (done, all) -> progress.told("copying " + copy.getFileName(), done, all));
                Durably.sync(copy);
                copies.put(store, copy);
            }
        }
        List<ArchivedStore> stores = new ArrayList<>();
        Optional<LogTree> tree = Optional.empty();
        for (Map.Entry<StoreName, Path> copy : copies.entrySet()) {
            long bytes = Files.size(copy.getValue());
            progress.told("checking " + copy.getValue().getFileName(), 0, bytes);
            CopyReport report = provider.examine(copy.getKey(), copy.getValue());
            if (!report.problems().isEmpty()) {
                throw new BackupFailed(
                        "the copy is damaged, and so probably is what was copied; earlier backups were kept: "
                                + String.join("; ", report.problems()),
                        null);
            }
            stores.add(new ArchivedStore(
                    copy.getKey(),
                    copy.getValue().getFileName().toString(),
                    bytes,
                    Digests.of(copy.getValue()),
                    report.pages(),
                    report.schemaVersion(),
                    report.rows()));
            tree = tree.or(report::tree);
        }
        LogTree log = tree.orElse(LogTree.EMPTY);
        BackupName name = archives.nameFor(at);
        unfinished.write(new Manifest(
                name,
                panelVersion,
                provider.scheme(),
                at,
                trigger,
                method,
                stores,
                new ArchivedLog(log.size(), log.root(), checkpoint)));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        unfinished.checked(new Check(clock.instant(), false, took, List.of()));
        return archives.finish(unfinished, name).describe(name);
    }

    private Snapshot snapshot(BackupMethod method) {
        return switch (method) {
            case ONLINE -> storage.snapshot();
            case CHECKPOINT -> storage.heldSnapshot();
        };
    }

    /** A copy is at most as large as what it is copied from. */
    private void requireRoom() throws IOException {
        long needed =
                storage.report().stores().stream().mapToLong(StoreReport::bytes).sum();
        long room = Files.getFileStore(archives.path()).getUsableSpace();
        if (room < needed) {
            throw new StoreFull(
                    "a backup needs about " + mebibytes(needed) + " in " + archives.path() + ", where "
                            + mebibytes(room)
                            + " are free: free space, or choose another directory with backup.directory",
                    null);
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
