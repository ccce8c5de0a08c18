package io.aipanel.ports.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.versions.VersionRepository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a storage answers after it was closed: never absence, never success. */
public interface ClosedStorageContract extends StoreContract {

    private static void assertClosed(Map<String, Throwable> failures) {
        failures.forEach((method, failure) -> {
            assertThat(failure)
                    .as("a closed store says that it is closed: %s", method)
                    .isInstanceOf(StoreUnavailable.class);
            assertThat(((StoreUnavailable) failure).reason())
                    .as("a closed store says that it is closed: %s", method)
                    .isEqualTo(StoreUnavailable.Reason.CLOSED);
        });
    }

    @Test
    default void usersOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            IamRepository before = harness.storage().iam();
            harness.storage().close();

            assertClosed(EveryMethod.failures(IamRepository.class, before));
        }
    }

    @Test
    default void sitesOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            HostingRepository before = harness.storage().hosting();
            harness.storage().close();

            assertClosed(EveryMethod.failures(HostingRepository.class, before));
        }
    }

    @Test
    default void componentsOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            VersionRepository before = harness.storage().versions();
            harness.storage().close();

            assertClosed(EveryMethod.failures(VersionRepository.class, before));
        }
    }

    @Test
    default void settingsOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository before = harness.storage().settings();
            harness.storage().close();

            assertClosed(EveryMethod.failures(SettingsRepository.class, before));
        }
    }

    @Test
    default void eventsOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            AuditRepository before = harness.storage().audit();
            harness.storage().close();

            assertClosed(EveryMethod.failures(AuditRepository.class, before));
        }
    }

    @Test
    default void checkpointsOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            CheckpointRepository before = harness.storage().checkpoints();
            harness.storage().close();

            assertClosed(EveryMethod.failures(CheckpointRepository.class, before));
        }
    }

    @Test
    default void jobsOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository before = harness.storage().jobs();
            harness.storage().close();

            assertClosed(EveryMethod.failures(JobQueueRepository.class, before));
        }
    }

    @Test
    default void queuesOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            QueueRepository before = harness.storage().queues();
            harness.storage().close();

            assertClosed(EveryMethod.failures(QueueRepository.class, before));
        }
    }

    @Test
    default void schedulesOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository before = harness.storage().schedules();
            harness.storage().close();

            assertClosed(EveryMethod.failures(ScheduleRepository.class, before));
        }
    }

    @Test
    default void samplesOfAClosedStorageAreNotAbsentButUnavailable() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository before = harness.storage().capacity();
            harness.storage().close();

            assertClosed(EveryMethod.failures(CapacityRepository.class, before));
        }
    }

    @Test
    default void theOutboxOfAClosedStorageIsUnavailable() {
        try (StorageHarness harness = fresh()) {
            OutboxRelay before = harness.storage().outbox();
            harness.storage().close();

            assertClosed(EveryMethod.failures(OutboxRelay.class, before));
        }
    }

    @Test
    default void aClosedStorageIsUnavailable() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            storage.close();
            storage.close();

            String rule = "a closed storage says that it is closed";
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, () -> storage.write(tx -> true));
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, () -> storage.writeQueue(tx -> true));
            Refusal.unavailable(
                    StoreUnavailable.Reason.CLOSED, rule, () -> storage.iam().hasUsers());
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, storage::report);
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, storage::check);
            Refusal.unavailable(
                    StoreUnavailable.Reason.CLOSED, rule, () -> storage.listen(Storage.Topic.JOBS, () -> {}));
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, () -> storage.observeWrites(WriteObserver.NONE));
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, storage.measures()::auditBytes);
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, storage.measures()::endedJobs);
            Refusal.unavailable(StoreUnavailable.Reason.CLOSED, rule, storage.measures()::engineFigures);
            assertThat(storage.health())
                    .as("a closed storage says so for every store, and does not throw")
                    .hasSize(StoreName.values().length)
                    .allMatch(health -> health.problem().isPresent());
        }
    }

    @Test
    default void closingEndsCallsThatWait() {
        try (StorageHarness harness = fresh();
                HeldTransaction held = HeldTransaction.on(harness.storage(), "panel.name", "held")) {
            Storage storage = harness.storage();
            List<Callable<Boolean>> racers = List.of(
                    () -> storage.settings()
                            .put(EffectSamples.setting("panel.name", "waits"))
                            .isPresent(),
                    () -> {
                        storage.close();
                        return true;
                    },
                    () -> {
                        held.release();
                        return true;
                    });

            List<Race.Outcome<Boolean>> outcomes = Race.between(racers);

            assertThat(Race.failures(outcomes))
                    .as("a call that waits when the storage is closed ends, and is told why")
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(StoreUnavailable.class));
            Refusal.unavailable(
                    StoreUnavailable.Reason.CLOSED,
                    "a closed storage says that it is closed",
                    () -> storage.settings().settings());
        }
    }

    @Test
    default void closingOneOpeningLeavesTheOtherOpen() {
        try (StorageHarness harness = fresh()) {
            harness.openAnother(options -> options).close();

            harness.storage().settings().put(EffectSamples.setting("panel.name", "x"));

            assertThat(harness.storage().settings().settings())
                    .as("the other one stays open")
                    .hasSize(1);
        }
    }
}
