package io.aipanel.sqlite.storage;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
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
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StoreHealth;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.ports.versions.VersionRepository;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;

/** A sound storage with a fault built in, in its own repositories and in those of its transactions. */
final class FaultyStorage implements Storage {

    private final Storage sound;
    private final Fault fault;
    private final IamRepository iam;
    private final HostingRepository hosting;
    private final VersionRepository versions;
    private final SettingsRepository settings;
    private final AuditRepository audit;
    private final CheckpointRepository checkpoints;
    private final JobQueueRepository jobs;
    private final QueueRepository queues;
    private final ScheduleRepository schedules;
    private final OutboxRelay outbox;

    FaultyStorage(Storage sound, Fault fault) {
        this.sound = sound;
        this.fault = fault;
        this.iam = fault.iam(sound.iam());
        this.hosting = fault.hosting(sound.hosting());
        this.versions = fault.versions(sound.versions());
        this.settings = fault.settings(sound.settings());
        this.audit = fault.audit(sound.audit());
        this.checkpoints = fault.checkpoints(sound.checkpoints());
        this.jobs = fault.jobs(sound.jobs());
        this.queues = fault.queues(sound.queues());
        this.schedules = fault.schedules(sound.schedules());
        this.outbox = fault.outbox(sound);
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
        return fault.capacity(sound.capacity());
    }

    @Override
    public StorageMeasures measures() {
        return fault.measures(sound);
    }

    @Override
    public <T> T write(Function<? super PanelTransaction, ? extends T> work) {
        return fault.write(sound, transaction -> work.apply(new OfPanel(fault.transaction(transaction), fault)));
    }

    @Override
    public <T> T writeQueue(Function<? super QueueTransaction, ? extends T> work) {
        return fault.writeQueue(sound, transaction -> work.apply(new OfQueue(fault.transaction(transaction), fault)));
    }

    @Override
    public List<Enqueued> enqueueWithin(Connection connection, List<NewJob> newJobs) {
        return sound.enqueueWithin(connection, newJobs);
    }

    @Override
    public OutboxRelay outbox() {
        return outbox;
    }

    @Override
    public Subscription listen(Topic topic, Runnable listener) {
        return fault.listen(sound, topic, listener);
    }

    @Override
    public Subscription observeWrites(WriteObserver observer) {
        return fault.observeWrites(sound, observer);
    }

    @Override
    public List<StoreHealth> health() {
        return sound.health();
    }

    @Override
    public StorageReport report() {
        return sound.report();
    }

    @Override
    public List<String> check() {
        return sound.check();
    }

    @Override
    public Snapshot heldSnapshot() {
        return fault.heldSnapshot(sound);
    }

    @Override
    public Snapshot snapshot() {
        return fault.snapshot(sound);
    }

    @Override
    public void close() {
        sound.close();
    }

    private record OfQueue(QueueTransaction sound, Fault fault) implements QueueTransaction {

        @Override
        public JobQueueRepository jobs() {
            return fault.jobs(sound.jobs());
        }

        @Override
        public QueueRepository queues() {
            return fault.queues(sound.queues());
        }

        @Override
        public ScheduleRepository schedules() {
            return fault.schedules(sound.schedules());
        }

        @Override
        public void emit(Effect.Record event) {
            sound.emit(event);
        }
    }

    private record OfPanel(PanelTransaction sound, Fault fault) implements PanelTransaction {

        @Override
        public IamRepository iam() {
            return fault.iam(sound.iam());
        }

        @Override
        public HostingRepository hosting() {
            return fault.hosting(sound.hosting());
        }

        @Override
        public VersionRepository versions() {
            return fault.versions(sound.versions());
        }

        @Override
        public SettingsRepository settings() {
            return fault.settings(sound.settings());
        }

        @Override
        public CapacityRepository capacity() {
            return fault.capacity(sound.capacity());
        }

        @Override
        public void emit(Effect effect) {
            sound.emit(effect);
        }
    }
}
