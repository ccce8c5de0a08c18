package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.iam.Permission;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.audit.Checkpoints;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Changes;
import io.aipanel.service.storage.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes backups, checks them, and removes those that need not be kept. Each holds one instant of all three stores and is
 * whole, or is not there. Safe for use by many threads and processes; one backup at a time is made in a directory.
 */
public final class Backups {

    /** One is made each night, and may take a while. */
    static final Duration OLDEST = Duration.ofHours(26);

    private final Optional<ArchiveDirectory> directory;
    private final Storage storage;
    private final StorageProvider provider;
    private final Engines engines;
    private final Checkpoints checkpoints;
    private final Changes changes;
    private final Access access;
    private final BackupOptions options;
    private final StorageOptions storageOptions;
    private final InstantSource clock;
    private final Keyring keyring;
    private final Scratch scratch;
    private final BackupCopies copies;

    /** For {@link io.aipanel.service.Panel}. */
    public Backups(
            BackupOptions options,
            Storage storage,
            Engines engines,
            Checkpoints checkpoints,
            Changes changes,
            Access access,
            StorageOptions storageOptions) {
        this.keyring = new Keyring(options.secret());
        this.scratch = new Scratch(options.scratch());
        this.directory = options.directory().map(path -> ArchiveDirectory.made(path, keyring));
        this.options = options;
        this.storage = storage;
        this.engines = engines;
        this.provider = engines.own();
        this.checkpoints = checkpoints;
        this.changes = changes;
        this.access = access;
        this.storageOptions = storageOptions;
        this.clock = storageOptions.clock();
        this.copies = new BackupCopies(
                directory,
                options.copies().map(path -> ArchiveDirectory.mounted(path, keyring)),
                changes,
                access,
                clock);
    }

    /** Whether there is a directory for backups. */
    public boolean isPossible() {
        return directory.isPresent();
    }

    /** The second directory. */
    public BackupCopies copies() {
        return copies;
    }

    /**
     * Refuses to go on if backups could not be made in the form that is wanted.
     *
     * @throws InvalidValueException (the key of the configuration) if the key cannot be read, or this machine cannot compress
     */
    public void requireUsable() {
        if (isPossible()) {
            keyring.requireUsable();
            options.compression().requireUsable();
        }
    }

    /**
     * Whether backups can be made in the form that is wanted.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_READ}
     */
    public Condition formCondition(Actor actor) {
        access.require(actor, Permission.BACKUPS_READ, "backup.list");
        try {
            requireUsable();
        } catch (InvalidValueException e) {
            return Condition.wrong(String.valueOf(e.getMessage()));
        }
        String compressed = options.compression() == Compression.NONE ? "not compressed" : "compressed";
        return Condition.well(options.secret()
                .map(secret -> compressed + ", encrypted with what is in " + secret.path())
                .orElse(compressed + ", not encrypted"));
    }

    /**
     * Makes a backup while writers go on, as {@link #create(Actor, BackupTrigger, BackupMethod, Optional, CreateProgress)} with
     * {@link BackupMethod#ONLINE} does.
     */
    public Backup create(Actor actor, BackupTrigger trigger, Optional<Path> elsewhere, CreateProgress progress) {
        return create(actor, trigger, BackupMethod.ONLINE, elsewhere, progress);
    }

    /**
     * Makes a backup. It holds what was committed at one instant in this call. The log is signed before, if the panel has a key.
     * It is not copied to the second directory yet: see {@link #copies}.
     *
     * @param actor who wants it
     * @param trigger why
     * @param method how the copies are made, and whether writers go on meanwhile
     * @param elsewhere another directory than the usual one; empty for that
     * @param progress hears how far it is
     * @return the backup, checked
     * @throws InvalidValueException ({@code backup.directory}) if there is no directory for backups; (another key) if it is to be
     *     encrypted or compressed, and cannot
     * @throws BackupsBusy if another one is being made, checked or removed there
     * @throws BackupFailed if it could not be made whole; that is recorded, and nothing is left of it
     * @throws io.aipanel.ports.storage.StoreFull if there is no room for it
     * @throws StoreException if the stores cannot be read
     * @throws UnsupportedOperationException if the engine makes no copies by this method; the message says what can be done
     *     instead
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public Backup create(
            Actor actor,
            BackupTrigger trigger,
            BackupMethod method,
            Optional<Path> elsewhere,
            CreateProgress progress) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.create");
        ArchiveDirectory archives =
                elsewhere.map(path -> ArchiveDirectory.made(path, keyring)).orElseGet(this::directory);
        try {
            Packer packer = new Packer(options.compression(), keyring.fresh());
            Archiver archiver =
                    new Archiver(storage, provider, archives, packer, scratch, options.panelVersion(), clock);
            Backup made = archives.exclusively(() -> archiver.make(trigger, method, sign(), progress));
            record(actor, "backup.create", made.name().value(), AuditOutcome.SUCCESS, details(made));
            return made;
        } catch (BackupFailed | StoreException | InvalidValueException e) {
            recordFailure(actor, trigger, e);
            throw e;
        }
    }

    /**
     * All backups in the usual directory, the newest first.
     *
     * @throws InvalidValueException ({@code backup.directory}) if there is no directory for backups
     * @throws BackupFailed if the directory cannot be read
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_READ}
     */
    public List<Backup> list(Actor actor) {
        access.require(actor, Permission.BACKUPS_READ, "backup.list");
        return directory().newestFirst().toList();
    }

    /**
     * One backup.
     *
     * @throws io.aipanel.service.NotFound if there is none of this name
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_READ}
     */
    public Backup find(Actor actor, BackupName name) {
        access.require(actor, Permission.BACKUPS_READ, "backup.show");
        return directory().archive(name).describe(name);
    }

    /**
     * Requires that somebody may put a backup in the place of everything. What is in it is looked at when that is done, with
     * {@link io.aipanel.service.Panel#restore}, after this panel was closed.
     *
     * @param actor who wants it
     * @param name which one
     * @throws InvalidValueException ({@code backup.directory}) if there is no directory for backups
     * @throws io.aipanel.service.NotFound if there is none of this name
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_RESTORE}
     */
    public void requireRestorable(Actor actor, BackupName name) {
        access.require(actor, Permission.BACKUPS_RESTORE, "backup.restore");
        directory().archive(name);
    }

    /**
     * Checks a backup: digests, the engine's own examination of each copy, schemas, numbers of rows, the audit log's tree.
     *
     * @param actor who wants it
     * @param name which one
     * @param restore whether to restore it into a directory of its own, too, and use it there as the panel would
     * @param progress hears how far it is
     * @return what was found; remembered with the backup
     * @throws BackupsBusy if another one is being made, checked or removed
     * @throws BackupFailed if it cannot be checked, or that cannot be remembered
     * @throws io.aipanel.service.NotFound if there is none of this name
     * @throws UnsupportedOperationException if the engine cannot try out its copies
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public Check verify(Actor actor, BackupName name, boolean restore, CreateProgress progress) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.verify");
        ArchiveDirectory archives = directory();
        Archive archive = archives.archive(name);
        // Nobody removes it meanwhile.
        Check check = archives.exclusively(() -> verify(archives, archive, restore, progress));
        record(
                actor,
                "backup.verify",
                name.value(),
                check.passed() ? AuditOutcome.SUCCESS : AuditOutcome.FAILURE,
                Details.of("restored", restore).and("problems", check.problems()));
        return check;
    }

    private Check verify(ArchiveDirectory archives, Archive archive, boolean restore, CreateProgress progress)
            throws IOException {
        if (restore) {
            provider.whyCopiesStayClosed(storageOptions).ifPresent(why -> {
                throw new UnsupportedOperationException(why);
            });
        }
        long begun = System.nanoTime();
        List<String> problems = problems(archives, archive, restore, progress);
        Check check = new Check(clock.instant(), restore, Duration.ofNanos(System.nanoTime() - begun), problems);
        archive.checked(check);
        return check;
    }

    private List<String> problems(ArchiveDirectory archives, Archive archive, boolean restore, CreateProgress progress)
            throws IOException {
        Optional<Manifest> manifest = archive.readableManifest();
        String engine = manifest.map(Manifest::engine).orElse(provider.scheme());
        Optional<StorageProvider> maker = engines.of(engine);
        if (maker.isEmpty()) {
            return List.of(Engines.missing(engine));
        }
        if (manifest.isEmpty() || manifest.get().packing().isPlain() && !restore) {
            return ArchiveCheck.problems(archive, maker.get(), Optional.empty(), progress);
        }
        boolean isSecret = manifest.get().packing().seal().isPresent();
        if (isSecret && !keyring.seals()) {
            // Without a key nothing is decrypted, and nothing is needed to hold it.
            return ArchiveCheck.problems(archive, maker.get(), Optional.empty(), progress);
        }
        scratch.requireRoom(archives, isSecret, manifest.get().bytes(), 0);
        return scratch.use(archives, isSecret, target -> {
            List<String> problems =
                    new ArrayList<>(ArchiveCheck.problems(archive, maker.get(), Optional.of(target), progress));
            if (restore && problems.isEmpty()) {
                problems.addAll(tryOut(manifest.get(), maker.get(), target, progress));
            }
            return problems;
        });
    }

    /** On the engine that the panel is on, whatever has made it: that is where it would be restored. */
    private List<String> tryOut(Manifest manifest, StorageProvider maker, Path made, CreateProgress progress)
            throws IOException {
        Path copies = made;
        if (!engines.isOwn(maker.scheme())) {
            copies = made.resolve(provider.scheme());
            Durably.directory(copies);
            try {
                new Conversion(maker, provider).run(manifest, made, copies, progress);
            } catch (BackupFailed | StoreException e) {
                return List.of(String.valueOf(e.getMessage()));
            }
        }
        return new TrialRestore(provider, storageOptions).problems(manifest, copies, progress);
    }

    /**
     * Checks the newest backup, and tries it out where the engine can.
     *
     * @return what was found; empty if there is no backup
     * @throws BackupsBusy if another one is being made, checked or removed
     * @throws BackupFailed if it cannot be checked, or that cannot be remembered
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public Optional<Check> verifyNewest(Actor actor, CreateProgress progress) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.verify");
        boolean restore = provider.whyCopiesStayClosed(storageOptions).isEmpty();
        return directory().newestFirst().findFirst().map(newest -> verify(actor, newest.name(), restore, progress));
    }

    /**
     * The instant that the newest sound backup holds; empty if there is none, or no directory for backups. One of an instant
     * that is long yet to come does not count: a clock that was wrong must not make it look new for years.
     *
     * @throws BackupFailed if the directory cannot be read
     */
    public Optional<Instant> newestSound() {
        return directory
                .flatMap(archives -> archives.newestSound(clock.instant().plus(OLDEST)))
                .flatMap(Backup::at);
    }

    /**
     * Whether there is a backup as young as there should be: one is made each night.
     *
     * @throws BackupFailed if the directory cannot be read
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_READ}
     */
    public Condition condition(Actor actor) {
        access.require(actor, Permission.BACKUPS_READ, "backup.list");
        return directory.isEmpty() ? Condition.well("no directory for backups") : condition();
    }

    /**
     * The same for the panel's health, for everybody to see; empty if there is no directory for backups.
     *
     * @throws StoreException if the audit log does not answer
     */
    public Optional<Condition> health() {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(condition());
        } catch (BackupFailed e) {
            return Optional.of(Condition.wrong("the directory for backups cannot be read: run panel doctor"));
        }
    }

    private Condition condition() {
        Instant due = clock.instant().minus(OLDEST);
        Optional<Instant> newest = newestSound();
        if (newest.isPresent()) {
            return newest.get().isBefore(due)
                    ? Condition.wrong(
                            "the newest sound backup is of " + newest.get().truncatedTo(ChronoUnit.SECONDS)
                                    + ": see that panel serve runs, or have panel backup create run each night")
                    : Condition.well(
                            "the newest sound one is of " + newest.get().truncatedTo(ChronoUnit.SECONDS));
        }
        boolean isNew = storage.audit().events(AuditFilter.OLDEST, PageRequest.first(1)).items().stream()
                .noneMatch(event -> event.event().at().isBefore(due));
        return isNew
                ? Condition.well("none yet")
                : Condition.wrong("there is no sound backup: panel backup create makes one");
    }

    /**
     * Brings the copies in a backup back as the engine made them: decrypted, decompressed, and compared with the manifest.
     *
     * @param directory where to; there must be nothing of this name yet. It is made for its owner only
     * @throws InvalidValueException ({@code to}) if something is there; (a key of the configuration) if the file with the key
     *     cannot be used; ({@code manifest.json}) if that cannot be read
     * @throws BackupsBusy if a backup is being made, checked or removed
     * @throws BackupFailed if a copy cannot be opened, or is not as it was; what there is of it is removed again
     * @throws io.aipanel.service.NotFound if there is none of this name
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public void unpack(Actor actor, BackupName name, Path directory, CreateProgress progress) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.unpack");
        ArchiveDirectory archives = directory();
        Archive archive = archives.archive(name);
        if (Files.exists(directory)) {
            throw new InvalidValueException("to", directory + " is there already: name a new directory");
        }
        archives.exclusively(() -> {
            unpack(archive, name, directory, progress);
            return name;
        });
        record(actor, "backup.unpack", name.value(), AuditOutcome.SUCCESS, Details.of("to", directory.toString()));
    }

    /**
     * Removes a backup.
     *
     * @throws BackupsBusy if another one is being made, checked or removed
     * @throws BackupFailed if it cannot be removed
     * @throws io.aipanel.service.NotFound if there is none of this name
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public void remove(Actor actor, BackupName name) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.remove");
        directory().archive(name);
        remove(actor, List.of(name), "backup.remove");
    }

    /**
     * Removes the backups that need not be kept: of the last seven days, four weeks and three months that have any, the newest
     * of each is kept, as is the newest sound one of all, and what was made before a restore until the next scheduled one.
     *
     * @return which ones were removed
     * @throws BackupsBusy if one is being made, checked or removed by somebody else
     * @throws BackupFailed if one cannot be removed
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#BACKUPS_WRITE}
     */
    public List<BackupName> prune(Actor actor) {
        access.require(actor, Permission.BACKUPS_WRITE, "backup.prune");
        List<BackupName> expired =
                Retention.DEFAULT.expired(directory().newestFirst().toList(), ZoneOffset.UTC);
        remove(actor, expired, "backup.prune");
        return expired;
    }

    private void remove(Actor actor, List<BackupName> names, String action) {
        if (names.isEmpty()) {
            return;
        }
        ArchiveDirectory archives = directory();
        for (BackupName name : names) {
            archives.exclusively(() -> {
                archives.remove(name);
                return name;
            });
            record(actor, action, name.value(), AuditOutcome.SUCCESS, Details.none());
        }
    }

    private static void unpack(Archive archive, BackupName name, Path directory, CreateProgress progress)
            throws IOException {
        boolean done = false;
        try {
            Durably.directory(directory);
            archive.unpackTo(directory, progress);
            done = true;
        } catch (BackupFailed e) {
            throw new BackupFailed(name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BackupFailed(
                    directory + " cannot be written (" + e + "): see that there is room, or name another directory", e);
        } finally {
            if (!done) {
                Durably.remove(directory);
            }
        }
    }

    private Optional<SignedCheckpoint> sign() {
        return checkpoints.makeIfKeyed().map(kept -> kept.checkpoint());
    }

    private void recordFailure(Actor actor, BackupTrigger trigger, RuntimeException failure) {
        try {
            record(
                    actor,
                    "backup.create",
                    "",
                    AuditOutcome.FAILURE,
                    Details.of("trigger", trigger.wireName()).and("why", String.valueOf(failure.getMessage())));
        } catch (StoreException e) {
            // What cannot be read can hardly be written; the caller is to hear what went wrong first.
            failure.addSuppressed(e);
        }
    }

    private void record(Actor actor, String action, String target, AuditOutcome outcome, Details details) {
        changes.make(actor, change -> {
            change.record(action, target, outcome, details);
            return target;
        });
    }

    private static Details details(Backup made) {
        return made.manifest()
                .map(manifest -> Details.of("trigger", manifest.trigger().wireName())
                        .and("method", manifest.method().wireName())
                        .and("at", manifest.at().toString())
                        .and("bytes", manifest.bytes())
                        .and("events", manifest.audit().size()))
                .orElseGet(Details::none);
    }

    private ArchiveDirectory directory() {
        return ArchiveDirectory.of(options);
    }
}
