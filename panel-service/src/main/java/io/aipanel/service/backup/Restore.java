package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.backup.LogAfterwards;
import io.aipanel.ports.backup.LogAfterwards.Kept;
import io.aipanel.ports.backup.LogAfterwards.Restarted;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.audit.Checkpoints;
import io.aipanel.service.audit.Details;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.LogCheck;
import io.aipanel.service.audit.Verification;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.BuiltInJobs;
import io.aipanel.service.storage.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts a backup in the place of everything that a panel holds. All sessions end, jobs wait until somebody resumes their
 * queues, and the audit log does not silently rewind: see "Snapshot" in the architecture. Nobody's permissions are asked
 * for.
 */
public final class Restore {

    static final String ACTION = "backup.restore";
    private static final int EFFECTS_AT_ONCE = 1_000;

    private final PanelOptions options;
    private final StorageOptions storageOptions;
    private final StorageProvider provider;
    private final Engines engines;
    private final InstantSource clock;
    private final Keyring keyring;
    private final Scratch scratch;

    /**
     * @param options how the panel is opened that is to be restored; none may be open
     * @param engines its engine, and those that may have made its backups
     */
    public Restore(PanelOptions options, Engines engines) {
        this.options = options;
        this.storageOptions = options.storage().serving(false);
        this.engines = engines;
        this.provider = engines.own();
        this.clock = storageOptions.clock();
        this.keyring = new Keyring(options.backup().secret());
        this.scratch = new Scratch(options.backup().scratch());
    }

    /**
     * Restores a backup. If anything fails the storage is as it was; that is recorded there, if it can be.
     *
     * @param actor who wants it
     * @param name which backup
     * @param progress hears how far it is
     * @throws InvalidValueException ({@code backup.directory}) if there is no directory for backups
     * @throws io.aipanel.service.NotFound if there is none of this name
     * @throws BackupsBusy if another one is being made, checked, removed or restored
     * @throws BackupFailed if it is not as it was made, or is of an engine that is not there, or the present state cannot be
     *     backed up
     * @throws StoreException if the storage cannot be replaced: it is in use, there is no room, or the backup was made by a
     *     newer program
     */
    public Restored run(Actor actor, BackupName name, CreateProgress progress) {
        ArchiveDirectory archives = ArchiveDirectory.of(options.backup());
        Archive archive = archives.archive(name);
        try {
            return archives.exclusively(() -> restore(actor, archives, archive, name, progress));
        } catch (BackupFailed | StoreException e) {
            recordFailure(actor, name, e);
            throw e;
        }
    }

    private Restored restore(
            Actor actor, ArchiveDirectory archives, Archive archive, BackupName name, CreateProgress progress)
            throws IOException {
        try (Restoration restoration = provider.beginRestoration(storageOptions)) {
            BroughtBack.Work<Restored> work = (manifest, copies) -> {
                PresentState present = look(restoration, manifest, archives, progress);
                progress.told("putting it in place", 0, manifest.bytes());
                return replace(actor, restoration, copies, manifest, present);
            };
            return new BroughtBack(engines, scratch)
                    .use(archives, archive, name, restoration.staging(), progress, work);
        }
    }

    private Restored replace(
            Actor actor, Restoration restoration, Path copies, Manifest manifest, PresentState present) {
        Optional<String> origin =
                present.hasWholeLog() ? Optional.empty() : Optional.of("aipanel/" + UUID.randomUUID());
        Effect.Record restored = event(
                actor,
                manifest.name(),
                Details.of("at", manifest.at().toString())
                        .and("before", present.safety().map(BackupName::value))
                        .and("origin", origin)
                        .and("lastCheckpoint", origin.flatMap(name -> lastCheckpoint(manifest, present))));
        LogAfterwards log = origin.<LogAfterwards>map(name -> new Restarted(name, restored.event()))
                .orElseGet(() -> new Kept(manifest.audit().size()));
        List<QueueName> paused = new ArrayList<>();
        Optional<String> aside = restoration.replace(copies, log, stores -> {
            stores.change(panel -> {
                panel.iam().removeAllSessions();
                if (present.hasWholeLog()) {
                    panel.emit(restored);
                }
            });
            stores.changeQueue(queue -> {
                // The work of a transaction may be run twice.
                paused.clear();
                paused.addAll(pause(queue, actor));
            });
        });
        return new Restored(
                manifest.name(), manifest.at(), present.safety(), present.unreadable(), aside, origin, paused);
    }

    /** What was signed last, as far as that is known. */
    private static Optional<String> lastCheckpoint(Manifest manifest, PresentState present) {
        return present.checkpoint()
                .or(() -> manifest.audit().checkpoint())
                .map(signed -> signed.checkpoint().text().strip());
    }

    /** What the panel does by itself goes on: it does no harm if it is done once more. */
    private List<QueueName> pause(QueueTransaction queue, Actor actor) {
        List<QueueName> paused = new ArrayList<>();
        queue.jobs().counts().stream()
                .filter(counts ->
                        counts.jobs().get(JobState.PENDING) + counts.jobs().get(JobState.RUNNING) > 0)
                .map(counts -> counts.queue())
                .filter(name -> !name.equals(BuiltInJobs.QUEUE))
                .forEach(name -> {
                    paused.add(name);
                    if (queue.queues().pause(name)) {
                        queue.emit(Change.event(
                                actor,
                                clock.instant(),
                                "queue.pause",
                                name.value(),
                                AuditOutcome.SUCCESS,
                                Details.of("because", ACTION)));
                    }
                });
        return paused;
    }

    private PresentState look(
            Restoration restoration, Manifest manifest, ArchiveDirectory archives, CreateProgress progress)
            throws IOException {
        Optional<Storage> opened;
        try {
            opened = restoration.openPresent();
        } catch (StoreCorrupt | StoreMisconfigured e) {
            return PresentState.unreadable(e);
        }
        if (opened.isEmpty()) {
            return PresentState.NOTHING;
        }
        try (Storage storage = opened.get()) {
            while (storage.outbox().relay(EFFECTS_AT_ONCE).moved() > 0) {
                // The log has all that was done then.
            }
            Optional<SignedCheckpoint> checkpoint = new Checkpoints(storage, options.audit(), clock)
                    .makeIfKeyed()
                    .or(() -> storage.checkpoints().latest())
                    .map(kept -> kept.checkpoint());
            Backup safety = new Archiver(
                            storage,
                            provider,
                            archives,
                            new Packer(options.backup().compression(), keyring.fresh()),
                            scratch,
                            options.backup().panelVersion(),
                            clock)
                    .make(BackupTrigger.PRE_OPERATION, BackupMethod.ONLINE, checkpoint, progress);
            progress.told("checking the present audit log", 0, manifest.bytes());
            return new PresentState(
                    Optional.of(safety.name()), Optional.empty(), hasWholeLog(storage, manifest), checkpoint);
        } catch (StoreCorrupt | BackupFailed e) {
            return PresentState.unreadable(e);
        }
    }

    /** Whether the log is intact and begins with all that is in the backup's. */
    private static boolean hasWholeLog(Storage storage, Manifest manifest) {
        ArchivedLog archived = manifest.audit();
        LogTree present = storage.audit().tree();
        if (present.size() < archived.size()) {
            return false;
        }
        boolean begins = archived.size() == 0
                || storage.audit().consistency(archived.size(), present.size()).proves(archived.root(), present.root());
        Evidence evidence = new Evidence(archived.checkpoint().stream().toList(), List.of());
        return begins && LogCheck.of(storage, evidence).status() != Verification.Status.BROKEN;
    }

    private void recordFailure(Actor actor, BackupName name, RuntimeException failure) {
        try (Storage storage = provider.open(storageOptions)) {
            storage.write(transaction -> {
                transaction.emit(Change.event(
                        actor,
                        clock.instant(),
                        ACTION,
                        name.value(),
                        AuditOutcome.FAILURE,
                        Details.of("why", String.valueOf(failure.getMessage()))));
                return name;
            });
        } catch (StoreException e) {
            // What could not be replaced can perhaps not be opened either; the caller is to hear what went wrong first.
            failure.addSuppressed(e);
        }
    }

    private Effect.Record event(Actor actor, BackupName name, Details details) {
        return Change.event(actor, clock.instant(), ACTION, name.value(), AuditOutcome.SUCCESS, details);
    }
}
