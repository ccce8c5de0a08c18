package io.aipanel.sqlite;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.capacity.StorageMeasures;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreHealth;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.ports.storage.WriteObservers;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.sqlite.audit.AuditLane;
import io.aipanel.sqlite.audit.EarlierEvents;
import io.aipanel.sqlite.audit.Entries;
import io.aipanel.sqlite.audit.SqliteAuditRepository;
import io.aipanel.sqlite.audit.SqliteCheckpointRepository;
import io.aipanel.sqlite.backup.HeldSnapshot;
import io.aipanel.sqlite.backup.SqliteSnapshot;
import io.aipanel.sqlite.capacity.SqliteCapacityRepository;
import io.aipanel.sqlite.capacity.SqliteMeasures;
import io.aipanel.sqlite.hosting.SqliteHostingRepository;
import io.aipanel.sqlite.iam.SqliteIamRepository;
import io.aipanel.sqlite.jobs.JobLane;
import io.aipanel.sqlite.jobs.SqliteJobQueueRepository;
import io.aipanel.sqlite.jobs.SqliteQueueRepository;
import io.aipanel.sqlite.jobs.SqliteScheduleRepository;
import io.aipanel.sqlite.settings.SqliteSettingsRepository;
import io.aipanel.sqlite.storage.IntegrityCheck;
import io.aipanel.sqlite.storage.News;
import io.aipanel.sqlite.storage.OpenLock;
import io.aipanel.sqlite.storage.ServeLock;
import io.aipanel.sqlite.storage.Signals;
import io.aipanel.sqlite.storage.StorageDirectory;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreFile;
import io.aipanel.sqlite.storage.TransactionAccess;
import io.aipanel.sqlite.versions.SqliteVersionRepository;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The three open files, and everything that works on them. */
final class SqliteStorage implements Storage {

    private static final int JOBS_AT_ONCE = 1_000;

    private final StorageOptions options;
    private final Store panel;
    private final Store audit;
    private final Store queue;
    private final Signals signals;
    private final WriteObservers observers;
    /** What to close, last opened first. */
    private final Deque<Runnable> opened;

    private final AuditLane panelEvents = new AuditLane("audit_outbox");
    private final AuditLane queueEvents = new AuditLane("event_outbox");
    private final JobLane panelJobs;
    private final Outbox panelOutbox;
    private final Outbox queueOutbox;
    private final OutboxRelay relay;
    private final IamRepository iam;
    private final HostingRepository hosting;
    private final VersionRepository versions;
    private final SettingsRepository settings;
    private final AuditRepository auditLog;
    private final CheckpointRepository checkpoints;
    private final JobQueueRepository jobs;
    private final QueueRepository queues;
    private final ScheduleRepository schedules;
    private final CapacityRepository capacity;
    private final StorageMeasures measures;
    private boolean closed;

    private SqliteStorage(
            StorageOptions options,
            Store panel,
            Store audit,
            Store queue,
            Signals signals,
            WriteObservers observers,
            Deque<Runnable> opened) {
        this.options = options;
        this.panel = panel;
        this.audit = audit;
        this.queue = queue;
        this.signals = signals;
        this.observers = observers;
        this.opened = opened;
        this.panelJobs = new JobLane(options.clock());
        this.panelOutbox = new Outbox(List.of(panelEvents.outbox(), panelJobs.outbox()), options.outboxMax());
        this.queueOutbox = new Outbox(List.of(queueEvents.outbox()), options.outboxMax());
        // Jobs first, so that they do not wait for a log that is locked.
        this.relay = new SqliteOutboxRelay(List.of(
                new EffectMover(panelJobs, panel, queue, options.clock()),
                new EffectMover(panelEvents, panel, audit, options.clock()),
                new EffectMover(queueEvents, queue, audit, options.clock())));
        this.iam = new SqliteIamRepository(panel);
        this.hosting = new SqliteHostingRepository(panel);
        this.versions = new SqliteVersionRepository(panel);
        this.settings = new SqliteSettingsRepository(panel);
        this.auditLog = new SqliteAuditRepository(audit);
        this.checkpoints = new SqliteCheckpointRepository(audit);
        this.jobs = new SqliteJobQueueRepository(queue, options.clock(), () -> signals.tell(Topic.JOBS));
        this.queues = new SqliteQueueRepository(queue, options.clock());
        this.schedules = new SqliteScheduleRepository(queue, options.clock());
        this.capacity = new SqliteCapacityRepository(panel);
        this.measures = new SqliteMeasures(audit, queue);
    }

    /**
     * Opens the files in the directory of a storage URL.
     *
     * @throws StoreException if that is not possible; everything is closed again then
     */
    static SqliteStorage open(StorageOptions options) {
        StorageDirectory directory = StorageDirectory.ofUrl(options.url());
        directory.make();
        OpenLock lock = OpenLock.share(directory, options.timeout());
        boolean done = false;
        try {
            SqliteStorage storage = open(options, directory, directory.makeFiles());
            storage.opened.addLast(lock::close);
            done = true;
            return storage;
        } finally {
            if (!done) {
                lock.close();
            }
        }
    }

    /**
     * Opens files that exist and that nobody will replace meanwhile.
     *
     * @param files one per store, in the order of {@link io.aipanel.ports.storage.StoreName}
     */
    static SqliteStorage open(StorageOptions options, StorageDirectory directory, List<StoreFile> files) {
        Deque<Runnable> opened = new ArrayDeque<>();
        try {
            if (options.serving()) {
                opened.push(ServeLock.take(directory, "choose another directory")::close);
            }
            Signals signals = new Signals();
            opened.push(signals::close);
            WriteObservers observers = new WriteObservers();
            Store panel = open(options, files.get(0), topics -> signals.tell(Topic.OUTBOX), observers, opened);
            Store audit = Store.openWhenPossible(
                    files.get(1), options.timeout(), News.NONE, observers, SqliteStorage::bringUpToDate);
            opened.push(audit::close);
            Store queue = open(options, files.get(2), topics -> topics.forEach(signals::tell), observers, opened);
            return new SqliteStorage(options, panel, audit, queue, signals, observers, opened);
        } catch (RuntimeException | Error e) {
            opened.forEach(Runnable::run);
            throw e;
        }
    }

    private static void bringUpToDate(StoreAccess audit) {
        EarlierEvents.takeIn(audit);
        Entries.catchUp(audit);
    }

    private static Store open(
            StorageOptions options, StoreFile file, News news, WriteObserver observer, Deque<Runnable> opened) {
        Store store = Store.open(file, options.timeout(), news, observer);
        opened.push(store::close);
        return store;
    }

    @Override
    public IamRepository iam() {
        return iam;
    }

    @Override
    public HostingRepository hosting() {
        return hosting;
    }

    @Override
    public VersionRepository versions() {
        return versions;
    }

    @Override
    public SettingsRepository settings() {
        return settings;
    }

    @Override
    public AuditRepository audit() {
        return auditLog;
    }

    @Override
    public CheckpointRepository checkpoints() {
        return checkpoints;
    }

    @Override
    public JobQueueRepository jobs() {
        return jobs;
    }

    @Override
    public QueueRepository queues() {
        return queues;
    }

    @Override
    public ScheduleRepository schedules() {
        return schedules;
    }

    @Override
    public CapacityRepository capacity() {
        return capacity;
    }

    @Override
    public StorageMeasures measures() {
        return measures;
    }

    @Override
    public <T> T write(Function<? super PanelTransaction, ? extends T> work) {
        return panel.write(connection -> {
            TransactionAccess access = new TransactionAccess(connection, panel.file());
            return access.run(
                    () -> work.apply(new SqlitePanelTransaction(access, panelOutbox, panelEvents, panelJobs)));
        });
    }

    @Override
    public <T> T writeQueue(Function<? super QueueTransaction, ? extends T> work) {
        return queue.write(connection -> {
            TransactionAccess access = new TransactionAccess(connection, queue.file());
            return access.run(
                    () -> work.apply(new SqliteQueueTransaction(access, queueOutbox, queueEvents, options.clock())));
        });
    }

    @Override
    public List<Enqueued> enqueueWithin(Connection connection, List<NewJob> newJobs) {
        requireOpen();
        throw new UnsupportedOperationException("SQLite cannot add jobs within a transaction of another connection:"
                + " enqueue through the panel's own transaction, or after the commit with a unique key, so that"
                + " trying again adds nothing twice");
    }

    @Override
    public OutboxRelay outbox() {
        return relay;
    }

    @Override
    public synchronized Subscription listen(Topic topic, Runnable listener) {
        requireOpen();
        return signals.add(topic, listener);
    }

    @Override
    public Subscription observeWrites(WriteObserver observer) {
        requireOpen();
        return observers.add(observer);
    }

    @Override
    public List<StoreHealth> health() {
        return stores().stream()
                .map(store -> health(store, options.probeTimeout()))
                .toList();
    }

    @Override
    public StorageReport report() {
        return Reports.of(options.redactedUrl(), stores());
    }

    @Override
    public List<String> check() {
        return Stream.of(
                        IntegrityCheck.of(panel),
                        IntegrityCheck.of(audit, Entries::allProblems),
                        IntegrityCheck.of(queue))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Snapshot snapshot() {
        requireOpen();
        panel.refuseFromWithin();
        return SqliteSnapshot.of(
                stores().stream().map(Store::file).toList(), options.timeout(), options.clock(), this::requireOpen);
    }

    @Override
    public Snapshot heldSnapshot() {
        requireOpen();
        panel.refuseFromWithin();
        return HeldSnapshot.of(
                stores().stream().map(Store::file).toList(), options.timeout(), options.clock(), this::requireOpen);
    }

    @Override
    public void close() {
        panel.refuseFromWithin();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        opened.forEach(Runnable::run);
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    Store panelStore() {
        return panel;
    }

    Store auditStore() {
        return audit;
    }

    Store queueStore() {
        return queue;
    }

    /** Brings the jobs that wait in the outbox to their queues, and nothing else anywhere. */
    void deliverJobs() {
        EffectMover mover = new EffectMover(panelJobs, panel, queue, options.clock());
        while (mover.waiting() > 0) {
            mover.move(JOBS_AT_ONCE);
        }
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new StoreUnavailable(Reason.CLOSED, "the storage is closed: open it again", null);
        }
    }

    private static StoreHealth health(Store store, Duration within) {
        try {
            store.probe(within);
            return new StoreHealth(store.file().name(), Optional.empty());
        } catch (RuntimeException e) {
            return new StoreHealth(store.file().name(), Optional.of(e));
        }
    }

    private List<Store> stores() {
        return List.of(panel, audit, queue);
    }
}
