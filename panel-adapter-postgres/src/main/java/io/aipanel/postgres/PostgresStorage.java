package io.aipanel.postgres;

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
import io.aipanel.ports.storage.StoreHealth;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.postgres.audit.PostgresAuditRepository;
import io.aipanel.postgres.audit.PostgresCheckpointRepository;
import io.aipanel.postgres.backup.PostgresSnapshot;
import io.aipanel.postgres.capacity.PostgresCapacityRepository;
import io.aipanel.postgres.capacity.PostgresMeasures;
import io.aipanel.postgres.hosting.PostgresHostingRepository;
import io.aipanel.postgres.iam.PostgresIamRepository;
import io.aipanel.postgres.jobs.PostgresJobQueueRepository;
import io.aipanel.postgres.jobs.PostgresQueueRepository;
import io.aipanel.postgres.jobs.PostgresScheduleRepository;
import io.aipanel.postgres.jobs.QueueStore;
import io.aipanel.postgres.settings.PostgresSettingsRepository;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.HeldMoment;
import io.aipanel.postgres.storage.Inspection;
import io.aipanel.postgres.storage.Notifications;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.Signals;
import io.aipanel.postgres.storage.Transactions;
import io.aipanel.postgres.storage.WriteTimes;
import io.aipanel.postgres.versions.PostgresVersionRepository;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Storage} on the schemas {@code panel}, {@code audit} and {@code queue} of one PostgreSQL database. */
final class PostgresStorage implements Storage {

    /** How often others may have news where PgBouncer keeps us from hearing of them. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Connections target;
    private final Transactions transactions;
    private final WriteTimes writeTimes = new WriteTimes();
    private final Failures failures;
    private final Duration timeout;
    private final Outbox outbox;
    private final Signals signals;
    private final boolean canListen;
    private final PostgresIamRepository iam;
    private final PostgresHostingRepository hosting;
    private final PostgresVersionRepository versions;
    private final PostgresSettingsRepository settings;
    private final PostgresAuditRepository audit;
    private final PostgresCheckpointRepository checkpoints;
    private final QueueStore queueStore;
    private final PostgresJobQueueRepository jobs;
    private final PostgresQueueRepository queues;
    private final PostgresScheduleRepository schedules;
    private final PostgresCapacityRepository capacity;
    private final PostgresMeasures measures;
    private final PostgresOutboxRelay relay;
    private final Inspection inspection;
    private final Runnable afterwards;
    private final Object listening = new Object();
    private @Nullable Notifications notifications;
    private boolean polling;
    private boolean closing;

    /** @param afterwards called once, when everything is let go of */
    PostgresStorage(
            Connections target,
            Transactions transactions,
            Failures failures,
            PoolOptions pool,
            StorageOptions options,
            Runnable afterwards) {
        this.afterwards = afterwards;
        this.target = target;
        this.transactions = transactions;
        this.failures = failures;
        this.timeout = options.timeout();
        this.outbox = new Outbox(options.outboxMax());
        this.signals = new Signals(transactions);
        this.canListen = !pool.pgbouncer();
        Database panel = writeTimes.of(StoreName.PANEL, transactions);
        this.iam = new PostgresIamRepository(panel);
        this.hosting = new PostgresHostingRepository(panel);
        this.versions = new PostgresVersionRepository(panel);
        this.settings = new PostgresSettingsRepository(panel);
        this.audit = new PostgresAuditRepository(transactions, writeTimes);
        this.checkpoints = new PostgresCheckpointRepository(writeTimes.of(StoreName.AUDIT, transactions));
        this.queueStore = new QueueStore(writeTimes.of(StoreName.QUEUE, transactions), signals::committed);
        this.jobs = new PostgresJobQueueRepository(queueStore);
        this.queues = new PostgresQueueRepository(queueStore);
        this.schedules = new PostgresScheduleRepository(queueStore);
        this.capacity = new PostgresCapacityRepository(panel);
        this.measures = new PostgresMeasures(transactions);
        this.relay = new PostgresOutboxRelay(transactions, writeTimes, outbox, () -> signals.committed(Topic.JOBS));
        this.inspection = new Inspection(transactions, target, failures, options.probeTimeout());
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
        return audit;
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
        Written<T> written = writeTimes.of(
                StoreName.PANEL,
                () -> transactions.work(transaction -> {
                    PostgresPanelTransaction panel = new PostgresPanelTransaction(transaction, outbox);
                    return new Written<T>(work.apply(panel), panel.hasEmitted());
                }));
        if (written.emitted()) {
            signals.committed(Topic.OUTBOX);
        }
        return written.answer();
    }

    @Override
    public <T> T writeQueue(Function<? super QueueTransaction, ? extends T> work) {
        WrittenQueue<T> written = writeTimes.of(
                StoreName.QUEUE,
                () -> transactions.work(transaction -> {
                    PostgresQueueTransaction queue = new PostgresQueueTransaction(transaction, outbox, queueStore);
                    return new WrittenQueue<T>(work.apply(queue), queue.news());
                }));
        written.news().forEach(signals::committed);
        return written.answer();
    }

    @Override
    public List<Enqueued> enqueueWithin(Connection connection, List<NewJob> newJobs) {
        PostgresJobQueueRepository.requireJobs(newJobs);
        jobs.prepare(newJobs);
        return transactions.within(connection, handle -> {
            List<Enqueued> answers = PostgresJobQueueRepository.add(handle, newJobs);
            // In the caller's transaction, because nobody else knows when it is committed.
            Signals.tellAtCommit(handle, Topic.JOBS);
            return answers;
        });
    }

    @Override
    public OutboxRelay outbox() {
        return relay;
    }

    @Override
    public Subscription listen(Topic topic, Runnable listener) {
        synchronized (listening) {
            if (closing) {
                throw Failures.closed();
            }
            Subscription subscription = signals.listen(topic, listener);
            if (canListen && notifications == null) {
                notifications = new Notifications(target, signals);
                notifications.start();
            } else if (!canListen && !polling) {
                polling = true;
                signals.poll(POLL);
            }
            return subscription;
        }
    }

    @Override
    public Subscription observeWrites(WriteObserver observer) {
        requireOpen();
        return writeTimes.add(observer);
    }

    @Override
    public List<StoreHealth> health() {
        return inspection.health();
    }

    @Override
    public StorageReport report() {
        return inspection.report();
    }

    @Override
    public List<String> check() {
        return inspection.check();
    }

    @Override
    public Snapshot snapshot() {
        return new PostgresSnapshot(HeldMoment.begin(transactions, target, failures, timeout));
    }

    @Override
    public Snapshot heldSnapshot() {
        requireOpen();
        throw new UnsupportedOperationException(
                "PostgreSQL has no files that could be copied while nobody writes: make the"
                        + " backup without the method checkpoint; it holds one instant, too, and writers go on");
    }

    @Override
    public void close() {
        synchronized (listening) {
            if (closing) {
                return;
            }
            closing = true;
        }
        if (notifications != null) {
            notifications.close();
        }
        signals.close();
        transactions.close();
        afterwards.run();
    }

    private void requireOpen() {
        synchronized (listening) {
            if (closing) {
                throw Failures.closed();
            }
        }
    }

    /** What a transaction has answered, and whether it has left effects. */
    private record Written<T>(T answer, boolean emitted) {}

    /** What a transaction on the queue store has answered, and what is to be told of it. */
    private record WrittenQueue<T>(T answer, Set<Topic> news) {}
}
