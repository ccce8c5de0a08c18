package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.Lease;
import io.aipanel.ports.jobs.JobQueueRepository;
import java.time.Duration;
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
}
