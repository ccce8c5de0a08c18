package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.maxRunning;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.schedule;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a storage tells that there is something new. */
public interface SignalContract extends StoreContract {

    /** Listens, makes a change and waits until the listener was called after it. */
    private static void assertHeard(Storage listening, Storage.Topic topic, String rule, Runnable change) {
        Semaphore heard = new Semaphore(0);
        try (Storage.Subscription subscription = listening.listen(topic, heard::release)) {
            // Calls for earlier commits may still come: they are not taken for this one.
            heard.drainPermits();
            change.run();
            await(rule).atMost(Duration.ofSeconds(10)).until(heard::tryAcquire);
            assertThat(subscription).as(rule).isNotNull();
        }
    }

    @Test
    default void whoWaitsForJobsHearsOfANewOne() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();

            assertHeard(storage, Storage.Topic.JOBS, "a new job is told", () -> enqueue(storage.jobs(), work()));
        }
    }

    @Test
    default void whoWaitsForJobsHearsOfOneThatComesBack() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            JobQueueRepository jobs = storage.jobs();
            enqueue(jobs, work());
            Lease first = claimOne(jobs).lease();

            assertHeard(storage, Storage.Topic.JOBS, "a job that was given back is told", () -> release(jobs, first));
            Lease second = claimOne(jobs).lease();
            assertHeard(
                    storage,
                    Storage.Topic.JOBS,
                    "a job that is to be tried again is told",
                    () -> fail(jobs, second, "no", Optional.of(Duration.ZERO)));
        }
    }

    @Test
    default void whoDeliversHearsOfAnEffect() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();

            assertHeard(
                    storage,
                    Storage.Topic.OUTBOX,
                    "an effect is told",
                    () -> EffectSamples.emit(storage, EffectSamples.event("a")));
        }
    }

    @Test
    default void whoWaitsForJobsHearsOfOneThatWasDelivered() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            EffectSamples.emit(storage, EffectSamples.enqueue(work()));

            assertHeard(
                    storage,
                    Storage.Topic.JOBS,
                    "a delivered job is told",
                    () -> storage.outbox().relay(9));
        }
    }

    @Test
    default void everyoneWhoListensHears() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            AtomicInteger first = new AtomicInteger();
            AtomicInteger second = new AtomicInteger();
            try (Storage.Subscription one = storage.listen(Storage.Topic.JOBS, first::incrementAndGet);
                    Storage.Subscription two = storage.listen(Storage.Topic.JOBS, second::incrementAndGet)) {
                assertThat(one).as("subscriptions are not shared").isNotSameAs(two);
                enqueue(storage.jobs(), work());
                await("everyone who listens hears").until(() -> first.get() > 0 && second.get() > 0);
            }
        }
    }

    @Test
    default void whoHasStoppedListeningHearsNothing() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            AtomicInteger stopped = new AtomicInteger();
            Storage.Subscription subscription = storage.listen(Storage.Topic.JOBS, stopped::incrementAndGet);
            subscription.close();
            subscription.close();
            int before = stopped.get();

            assertHeard(storage, Storage.Topic.JOBS, "others still hear", () -> enqueue(storage.jobs(), work()));

            assertThat(stopped).as("who has stopped listening hears nothing").hasValue(before);
        }
    }

    @Test
    default void openingsHearOfEachOthersJobs() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            assertHeard(
                    harness.storage(),
                    Storage.Topic.JOBS,
                    "a job of another opening is told within about a second",
                    () -> enqueue(other.jobs(), work()));
            assertHeard(
                    other,
                    Storage.Topic.JOBS,
                    "a job of another opening is told within about a second",
                    () -> enqueue(harness.storage().jobs(), work()));
        }
    }

    @Test
    default void openingsHearOfEachOthersEffects() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            assertHeard(
                    harness.storage(),
                    Storage.Topic.OUTBOX,
                    "an effect of another opening is told within about a second",
                    () -> EffectSamples.emit(other, EffectSamples.event("a")));
        }
    }

    @Test
    default void whoWaitsForJobsHearsWhenAnEndMakesRoom() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            JobQueueRepository jobs = storage.jobs();
            enqueueAll(jobs, List.of(work().concurrencyKey("a"), work().concurrencyKey("a")));
            ClaimedJob keyed = claimOne(jobs);
            jobs.claim(request(9));

            assertHeard(storage, Storage.Topic.JOBS, "a key that is free again is told", () -> complete(jobs, keyed));
            storage.queues().limit(QueueName.DEFAULT, maxRunning(1));
            ClaimedJob limited = claimOne(jobs);
            enqueue(jobs, work());
            assertHeard(
                    storage, Storage.Topic.JOBS, "a place that is free again is told", () -> complete(jobs, limited));
        }
    }

    @Test
    default void whoWaitsForJobsHearsOfWhatAnOperatorLetsGo() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            JobQueueRepository jobs = storage.jobs();
            storage.queues().pause(QueueName.DEFAULT);
            JobId id = enqueue(jobs, work());
            jobs.cancel(id);

            assertHeard(storage, Storage.Topic.JOBS, "a job that is tried again is told", () -> jobs.retry(id));
            jobs.cancel(id);
            assertHeard(
                    storage,
                    Storage.Topic.JOBS,
                    "jobs that are tried again are told",
                    () -> jobs.retry(JobFilter.ALL.state(JobState.CANCELLED), Optional.empty(), 9));
            assertHeard(
                    storage,
                    Storage.Topic.JOBS,
                    "the end of a pause is told",
                    () -> storage.queues().resume(QueueName.DEFAULT));
            assertHeard(
                    storage,
                    Storage.Topic.JOBS,
                    "another limit is told",
                    () -> storage.queues().limit(QueueName.DEFAULT, maxRunning(2)));
            assertHeard(
                    storage,
                    Storage.Topic.JOBS,
                    "what a transaction on the queue store adds is told",
                    () -> storage.writeQueue(tx -> enqueue(tx.jobs(), work())));
        }
    }

    @Test
    default void whoRunsJobsHearsThatOneIsToStop() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(work(), work(), work()));
            jobs.claim(request(9));

            assertHeard(
                    harness.storage(),
                    Storage.Topic.CANCELLATIONS,
                    "that a running job is to stop is told",
                    () -> jobs.cancel(ids.get(0)));
            assertHeard(
                    other,
                    Storage.Topic.CANCELLATIONS,
                    "that a running job is to stop is told to other openings",
                    () -> jobs.cancel(ids.get(1)));
            assertHeard(
                    harness.storage(),
                    Storage.Topic.CANCELLATIONS,
                    "that running jobs are to stop is told",
                    () -> jobs.cancel(JobFilter.ALL, Optional.empty(), 9));
        }
    }

    @Test
    default void whoKeepsSchedulesHearsOfTheirChanges() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            ScheduleRepository schedules = harness.storage().schedules();
            Schedule nightly = schedule("nightly", Instant.EPOCH);

            assertHeard(
                    harness.storage(), Storage.Topic.SCHEDULES, "a new schedule is told", () -> schedules.add(nightly));
            assertHeard(
                    harness.storage(),
                    Storage.Topic.SCHEDULES,
                    "a schedule that is replaced is told",
                    () -> schedules.put(nightly));
            assertHeard(
                    harness.storage(),
                    Storage.Topic.JOBS,
                    "what a schedule enqueues is told",
                    () -> schedules.fire(nightly.name(), Instant.EPOCH, Optional.empty()));
            assertHeard(
                    other,
                    Storage.Topic.SCHEDULES,
                    "a schedule that is removed is told, to other openings too",
                    () -> schedules.remove(nightly.name()));
        }
    }

    @Test
    default void whoDeliversHearsOfAnEventOfTheQueueStore() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            for (Storage listening : List.of(harness.storage(), other)) {
                assertHeard(
                        listening,
                        Storage.Topic.OUTBOX,
                        "an event of the queue store is told",
                        () -> harness.storage().writeQueue(tx -> {
                            tx.emit((Effect.Record) EffectSamples.event("a"));
                            return true;
                        }));
            }
        }
    }
}
