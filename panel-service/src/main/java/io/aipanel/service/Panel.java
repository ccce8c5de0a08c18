package io.aipanel.service;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.audit.AuditLog;
import io.aipanel.service.audit.Checkpoints;
import io.aipanel.service.audit.CutOff;
import io.aipanel.service.audit.RefusalLog;
import io.aipanel.service.backup.BackupMeters;
import io.aipanel.service.backup.Backups;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.backup.Engines;
import io.aipanel.service.backup.PartialRestore;
import io.aipanel.service.backup.Restore;
import io.aipanel.service.backup.Restored;
import io.aipanel.service.capacity.Capacity;
import io.aipanel.service.capacity.CapacityMeters;
import io.aipanel.service.capacity.CapacityNotices;
import io.aipanel.service.capacity.NoticeJob;
import io.aipanel.service.capacity.Sampler;
import io.aipanel.service.hosting.SiteDatabases;
import io.aipanel.service.hosting.Sites;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.ApiTokens;
import io.aipanel.service.iam.Authentication;
import io.aipanel.service.iam.Passwords;
import io.aipanel.service.iam.Roles;
import io.aipanel.service.iam.Sessions;
import io.aipanel.service.iam.Setup;
import io.aipanel.service.iam.Users;
import io.aipanel.service.jobs.BuiltInJobs;
import io.aipanel.service.jobs.JobMeters;
import io.aipanel.service.jobs.JobMode;
import io.aipanel.service.jobs.Jobs;
import io.aipanel.service.jobs.Queues;
import io.aipanel.service.jobs.Scheduler;
import io.aipanel.service.jobs.Schedules;
import io.aipanel.service.jobs.Workers;
import io.aipanel.service.settings.PanelSettings;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.settings.Settings;
import io.aipanel.service.storage.Changes;
import io.aipanel.service.storage.Health;
import io.aipanel.service.storage.Housekeeping;
import io.aipanel.service.storage.QueueChanges;
import io.aipanel.service.storage.Relay;
import io.aipanel.service.versions.Components;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An open panel: the one class that a program opens to use everything else. Safe for use by many threads; several may be
 * open in one process, even on one storage.
 *
 * <pre>{@code
 * try (Panel panel = Panel.open(PanelOptions.of("sqlite:/var/lib/mytool"))) {
 *     panel.jobs().handle("thumbnail", job -> makeThumbnail(job.payload()));
 *     panel.jobs().enqueue(NewJob.of("thumbnail").payload("{\"file\": 42}"));
 * }
 * }</pre>
 */
public final class Panel implements AutoCloseable {

    /** How long closing waits for effects to reach their stores; what is left is delivered after the next start. */
    private static final Duration LAST_DELIVERY = Duration.ofSeconds(10);

    private final AtomicBoolean closed = new AtomicBoolean();
    private final InstantSource clock;
    private final Storage storage;
    private final Relay relay;
    private final Housekeeping housekeeping;
    private final Access access;
    private final Authentication authentication;
    private final Setup setup;
    private final Users users;
    private final Roles roles;
    private final Sessions sessions;
    private final ApiTokens apiTokens;
    private final Sites sites;
    private final SiteDatabases siteDatabases;
    private final Settings settings;
    private final Components components;
    private final AuditLog audit;
    private final Checkpoints checkpoints;
    private final Backups backups;
    private final PartialRestore partialRestore;
    private final Capacity capacity;
    private final CapacityNotices notices;
    private final SettingValues values;
    private final Changes changes;
    private final JobMeters jobMeters;
    private final BackupMeters backupMeters;
    private final CapacityMeters capacityMeters;
    private final Jobs jobs;
    private final Queues queues;
    private final Schedules schedules;
    private final BuiltInJobs builtInJobs;
    private @Nullable Scheduler scheduler;
    private @Nullable Sampler sampler;
    private final MeterRegistry meters;
    private final boolean ownsMeters;
    private final Health health;

    private Panel(PanelOptions options, Engines engines, Storage storage) {
        clock = options.storage().clock();
        this.storage = storage;
        changes = new Changes(storage, clock);
        QueueChanges queueChanges = new QueueChanges(storage, clock);
        values = new SettingValues(storage.settings());
        RefusalLog refusals = new RefusalLog(changes, clock);
        access = new Access(refusals);
        Passwords passwords = new Passwords();
        List<SettingKey<?>> keys = new ArrayList<>(PanelSettings.all());
        keys.addAll(options.settings());
        settings = new Settings(keys, storage.settings(), values, changes, access);
        authentication = new Authentication(storage, changes, refusals, passwords, values, clock);
        setup = new Setup(storage, changes, passwords);
        users = new Users(storage, changes, access, passwords, clock);
        roles = new Roles(storage, changes, access);
        sessions = new Sessions(storage, changes, access, authentication, clock);
        apiTokens = new ApiTokens(storage, changes, access);
        sites = new Sites(storage, changes, access, values);
        siteDatabases = new SiteDatabases(storage, changes, access, sites);
        components = new Components(storage, options.inventory(), changes, access, values, clock);
        ownsMeters = options.meters().isEmpty();
        meters = options.meters().orElseGet(SimpleMeterRegistry::new);
        jobMeters = new JobMeters(meters, clock);
        Workers workers = new Workers(storage, options.workers(), options.jobMode(), clock, jobMeters);
        jobs = new Jobs(storage, queueChanges, access, workers, jobMeters);
        queues = new Queues(storage, queueChanges, access);
        schedules = new Schedules(storage, queueChanges, access);
        checkpoints = new Checkpoints(storage, options.audit(), clock);
        backups = new Backups(options.backup(), storage, engines, checkpoints, changes, access, options.storage());
        partialRestore = new PartialRestore(options.backup(), options.storage(), engines, changes, access);
        capacity = new Capacity(storage, values, access, clock);
        capacityMeters = new CapacityMeters(meters, capacity);
        backupMeters = new BackupMeters(meters, backups, clock);
        CutOff cutOff = new CutOff(storage);
        // Last, because these start threads: whatever fails above leaves none behind.
        relay = new Relay(storage);
        health = new Health(
                storage,
                relay,
                backups::health,
                () -> capacity.condition(ThresholdState.WARNING),
                options.storage().outboxMax());
        audit = new AuditLog(storage, checkpoints, cutOff, relay, access, clock);
        housekeeping = new Housekeeping(refusals, cutOff);
        notices = new CapacityNotices(options.capacity());
        NoticeJob noticeJob = new NoticeJob(options.capacity(), values);
        builtInJobs = new BuiltInJobs(storage, values, sessions, components, backups, noticeJob);
    }

    /**
     * Opens a panel, creating its storage if there is none.
     *
     * @param options where the data is and how to use it
     * @return the open panel; the caller closes it
     * @throws io.aipanel.ports.storage.StoreException if the storage cannot be used; the message says what to do
     * @throws io.aipanel.domain.InvalidValueException if the storage URL is not one of an engine on the class path, or the key
     *     that signs checkpoints cannot be used
     */
    public static Panel open(PanelOptions options) {
        Engines engines = StorageProviders.engines(options.storage());
        Storage storage = engines.own().open(options.storage());
        Panel panel;
        try {
            panel = new Panel(options, engines, storage);
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
        try {
            panel.start(options.jobMode());
            return panel;
        } catch (RuntimeException | Error e) {
            panel.close();
            throw e;
        }
    }

    /**
     * Puts a backup in the place of everything that a panel holds. Before, a backup is made of what is there, if it can be read.
     * Afterwards all sessions have ended, jobs wait until somebody resumes their queues, and the audit log either is the one
     * that was there or says that it was set back.
     *
     * @param options how the panel is opened that is to be restored; it must not be open, anywhere on engines for one machine
     * @param actor who wants it; nobody's permissions are asked for
     * @param name which backup
     * @param progress hears how far it is
     * @throws RuntimeException as {@link Restore#run} does; everything is as it was then
     */
    public static Restored restore(PanelOptions options, Actor actor, BackupName name, CreateProgress progress) {
        return new Restore(options, StorageProviders.engines(options.storage())).run(actor, name, progress);
    }

    /**
     * Removes for good what earlier restores have put aside.
     *
     * @param options how the panel is opened; it may be open
     * @return where that was what is gone now, in words for people
     * @throws io.aipanel.ports.storage.StoreException if it cannot be removed
     */
    public static List<String> discardReplaced(PanelOptions options) {
        return StorageProviders.engines(options.storage()).own().discardReplaced(options.storage());
    }

    private void start(JobMode mode) {
        checkpoints.start();
        if (mode == JobMode.WORKERS) {
            backups.requireUsable();
            builtInJobs.start(jobs);
            scheduler = new Scheduler(storage);
            sampler = new Sampler(storage, changes, values, clock, notices::enqueue);
        }
    }

    /** The clock that the panel goes by, for a front that tells how long ago things were. */
    public InstantSource clock() {
        return clock;
    }

    /** Deciding who may do what, for a front that decides before it reads a request. The use cases decide again. */
    public Access access() {
        return access;
    }

    /** Logging in, and recognising who is logged in. */
    public Authentication authentication() {
        return authentication;
    }

    /** Adding the first admin. */
    public Setup setup() {
        return setup;
    }

    /** Users. */
    public Users users() {
        return users;
    }

    /** Roles. */
    public Roles roles() {
        return roles;
    }

    /** Sessions. */
    public Sessions sessions() {
        return sessions;
    }

    /** API tokens. */
    public ApiTokens apiTokens() {
        return apiTokens;
    }

    /** Sites. */
    public Sites sites() {
        return sites;
    }

    /** The databases of sites. */
    public SiteDatabases siteDatabases() {
        return siteDatabases;
    }

    /** Settings. */
    public Settings settings() {
        return settings;
    }

    /** The host's components and their versions. */
    public Components components() {
        return components;
    }

    /** The audit log. */
    public AuditLog audit() {
        return audit;
    }

    /** Backups. */
    public Backups backups() {
        return backups;
    }

    /** Parts of backups, brought back while everything goes on. */
    public PartialRestore partialRestore() {
        return partialRestore;
    }

    /** How near the panel is to the limits of its storage. */
    public Capacity capacity() {
        return capacity;
    }

    /** Jobs. */
    public Jobs jobs() {
        return jobs;
    }

    /** Queues. */
    public Queues queues() {
        return queues;
    }

    /** Schedules. */
    public Schedules schedules() {
        return schedules;
    }

    /**
     * Changes of the panel's own data in a transaction of the caller's, with what is to be recorded and enqueued if, and only
     * if, the change becomes durable. For programs that embed the panel: nobody's permissions are asked for.
     */
    public Changes changes() {
        return changes;
    }

    /** Where the panel measures itself. The numbers of jobs are those of the last {@link #measure()}. */
    public MeterRegistry meters() {
        return meters;
    }

    /**
     * Counts the jobs, looks at the backups and at how near the limits are, for {@link #meters()}.
     *
     * @throws io.aipanel.ports.storage.StoreException if the store does not answer
     */
    public void measure() {
        jobMeters.show(storage.jobs().counts());
        backupMeters.show();
        capacityMeters.show();
    }

    /** How the storage is. */
    public Health health() {
        return health;
    }

    /**
     * Lets running jobs finish for their grace period, delivers what waits, and lets go of every file, connection and
     * thread. Does nothing the second time.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (scheduler != null) {
            scheduler.close();
        }
        jobs.close();
        if (sampler != null) {
            sampler.close();
        }
        housekeeping.close();
        checkpoints.close();
        relay.deliverRest(LAST_DELIVERY);
        relay.stop();
        storage.close();
        relay.close();
        jobMeters.forget();
        backupMeters.forget();
        capacityMeters.forget();
        if (ownsMeters) {
            meters.close();
        }
    }
}
