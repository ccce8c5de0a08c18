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

/** Makes one archive: copies one instant, looks at the copies, packs them, and only then gives the whole its name. */
final class Archiver {

    private final Storage storage;
    private final StorageProvider provider;
    private final ArchiveDirectory archives;
    private final Packer packer;
    private final Scratch scratch;
    private final String panelVersion;
    private final InstantSource clock;

    Archiver(
            Storage storage,
            StorageProvider provider,
            ArchiveDirectory archives,
            Packer packer,
            Scratch scratch,
            String panelVersion,
            InstantSource clock) {
        this.storage = storage;
        this.provider = provider;
        this.archives = archives;
        this.packer = packer;
        this.scratch = scratch;
        this.panelVersion = panelVersion;
        this.clock = clock;
    }

    /**
     * Makes an archive. Only within {@link ArchiveDirectory#exclusively}.
     *
     * @param method how the copies are made
     * @param checkpoint what was signed last; empty if nothing was
     * @throws BackupFailed if it cannot be made whole; nothing is left of it
     * @throws io.aipanel.domain.InvalidValueException if the key for it cannot be had
     * @throws io.aipanel.ports.storage.StoreException if the storage cannot be copied
     * @throws UnsupportedOperationException if the engine cannot be copied by this method
     */
    Backup make(
            BackupTrigger trigger, BackupMethod method, Optional<SignedCheckpoint> checkpoint, CreateProgress progress)
            throws IOException {
        requireRoom();
        Archive unfinished = archives.begin();
        try {
            return packer.packing().isPlain()
                    ? make(unfinished, unfinished.directory(), trigger, method, checkpoint, progress)
                    : scratch.use(
                            archives,
                            packer.isSealing(),
                            copies -> make(unfinished, copies, trigger, method, checkpoint, progress));
        } finally {
            Durably.remove(unfinished.directory());
        }
    }

    /** @param directory where the copies are made */
    private Backup make(
            Archive unfinished,
            Path directory,
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
                Path copy = directory.resolve(snapshot.fileName(store));
                snapshot.copy(store, copy, (done, all) -> progress.told("copying " + copy.getFileName(), done, all));
                Durably.sync(copy);
                copies.put(store, copy);
            }
        }
        BackupName name = archives.nameFor(at);
        List<ArchivedStore> stores = new ArrayList<>();
        Optional<LogTree> tree = Optional.empty();
        for (Map.Entry<StoreName, Path> copy : copies.entrySet()) {
            CopyReport report = examine(copy.getKey(), copy.getValue(), progress);
            stores.add(packer.pack(name, copy.getKey(), copy.getValue(), report, unfinished, progress));
            tree = tree.or(report::tree);
        }
        LogTree log = tree.orElse(LogTree.EMPTY);
        unfinished.write(new Manifest(
                name,
                panelVersion,
                provider.scheme(),
                at,
                trigger,
                method,
                packer.packing(),
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

    private CopyReport examine(StoreName store, Path copy, CreateProgress progress) throws IOException {
        progress.told("checking " + copy.getFileName(), 0, Files.size(copy));
        CopyReport report = provider.examine(store, copy);
        if (!report.problems().isEmpty()) {
            throw new BackupFailed(
                    "the copy is damaged, and so probably is what was copied; earlier backups were kept: "
                            + String.join("; ", report.problems()),
                    null);
        }
        return report;
    }

    /** A copy is at most as large as what it is copied from. */
    private void requireRoom() throws IOException {
        long copies =
                storage.report().stores().stream().mapToLong(StoreReport::bytes).sum();
        scratch.requireRoom(archives, packer.isSealing(), copies, packer.share(copies));
    }
}
