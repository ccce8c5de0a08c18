package io.aipanel.sqlite.storage;

import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.backup.CopyReport;
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
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.ports.versions.VersionRepository;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A mistake that an adapter could make, built into a sound storage. Each breaks one rule; what it does not mention stays
 * as it is.
 */
interface Fault {

    /** No mistake at all: the decorated storage must pass then. */
    Fault NONE = new Fault() {
        @Override
        public Class<? extends StoreContract> contract() {
            return StoreContract.class;
        }

        @Override
        public String contractCase() {
            return "none";
        }

        @Override
        public String rule() {
            return "none";
        }
    };

    /** The contract that must notice it. */
    Class<? extends StoreContract> contract();

    /** The case of that contract that must fail. */
    String contractCase();

    /** Words of the rule that the failure must name. */
    String rule();

    default IamRepository iam(IamRepository sound) {
        return sound;
    }

    default HostingRepository hosting(HostingRepository sound) {
        return sound;
    }

    default VersionRepository versions(VersionRepository sound) {
        return sound;
    }

    default SettingsRepository settings(SettingsRepository sound) {
        return sound;
    }

    default AuditRepository audit(AuditRepository sound) {
        return sound;
    }

    default CheckpointRepository checkpoints(CheckpointRepository sound) {
        return sound;
    }

    default JobQueueRepository jobs(JobQueueRepository sound) {
        return sound;
    }

    default QueueRepository queues(QueueRepository sound) {
        return sound;
    }

    default ScheduleRepository schedules(ScheduleRepository sound) {
        return sound;
    }

    default CapacityRepository capacity(CapacityRepository sound) {
        return sound;
    }

    default StorageMeasures measures(Storage sound) {
        return sound.measures();
    }

    default Storage.Subscription observeWrites(Storage sound, WriteObserver observer) {
        return sound.observeWrites(observer);
    }

    default OutboxRelay outbox(Storage sound) {
        return sound.outbox();
    }

    default PanelTransaction transaction(PanelTransaction sound) {
        return sound;
    }

    default <T> T write(Storage sound, Function<? super PanelTransaction, ? extends T> work) {
        return sound.write(work);
    }

    default QueueTransaction transaction(QueueTransaction sound) {
        return sound;
    }

    default <T> T writeQueue(Storage sound, Function<? super QueueTransaction, ? extends T> work) {
        return sound.writeQueue(work);
    }

    default Snapshot snapshot(Storage sound) {
        return sound.snapshot();
    }

    default Snapshot heldSnapshot(Storage sound) {
        return sound.heldSnapshot();
    }

    default CopyReport examine(StorageProvider sound, StoreName store, Path copy) {
        return sound.examine(store, copy);
    }

    default Storage.Subscription listen(Storage sound, Storage.Topic topic, Runnable listener) {
        return sound.listen(topic, listener);
    }
}
