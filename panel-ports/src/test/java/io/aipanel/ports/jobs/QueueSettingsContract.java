package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.rate;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How queues are set and paused. */
public interface QueueSettingsContract extends StoreContract {

    /** Every limit at a value of its own. */
    QueueLimits LIMITS =
            new QueueLimits(Optional.of(100_000), 7, Optional.of(new RateLimit(1_000_000, Duration.ofDays(1))));

    @Test
    default void aQueueThatNobodyHasSetHasTheDefaults() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            enqueue(harness.storage().jobs(), work());

            assertThat(queues.queue(QueueName.DEFAULT))
                    .as("a queue needs no setting up")
                    .isEqualTo(Queue.unset(QueueName.DEFAULT));
            assertThat(queues.queues()).as("nobody has set a queue").isEmpty();
        }
    }

    @Test
    default void limitsAreKeptAsTheyWereSet() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            QueueLimits odd = rate(3, Duration.ofSeconds(1).plusNanos(1000));

            assertThat(queues.limit(QueueName.DEFAULT, LIMITS))
                    .as("that is news")
                    .isTrue();
            assertThat(queues.queue(QueueName.DEFAULT).limits())
                    .as("limits are kept as they were set")
                    .isEqualTo(LIMITS);
            assertThat(queues.limit(QueueName.DEFAULT, LIMITS))
                    .as("that is no news")
                    .isFalse();
            assertThat(queues.limit(QueueName.DEFAULT, odd)).as("that is news").isTrue();
            assertThat(queues.queue(QueueName.DEFAULT).limits())
                    .as("limits are kept to the microsecond")
                    .isEqualTo(odd);
            assertThat(queues.limit(QueueName.DEFAULT, QueueLimits.DEFAULT))
                    .as("that is news")
                    .isTrue();
            assertThat(queues.queue(QueueName.DEFAULT).limits())
                    .as("limits can be taken away")
                    .isEqualTo(QueueLimits.DEFAULT);
        }
    }

    @Test
    default void theDefaultsAreNoNewsForAQueueThatNobodyHasSet() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();

            assertThat(queues.limit(QueueName.DEFAULT, QueueLimits.DEFAULT))
                    .as("the limits were the same")
                    .isFalse();
            assertThat(queues.resume(QueueName.DEFAULT)).as("it was not paused").isFalse();
        }
    }

    @Test
    default void pausingAndLimitingLeaveEachOtherAlone() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            queues.limit(QueueName.DEFAULT, LIMITS);
            queues.pause(QueueName.DEFAULT);

            assertThat(queues.queue(QueueName.DEFAULT))
                    .as("a pause leaves the limits")
                    .isEqualTo(new Queue(QueueName.DEFAULT, true, LIMITS));
            queues.limit(QueueName.DEFAULT, QueueLimits.DEFAULT);
            assertThat(queues.queue(QueueName.DEFAULT).paused())
                    .as("a limit leaves the pause")
                    .isTrue();
            queues.limit(QueueName.DEFAULT, LIMITS);
            queues.resume(QueueName.DEFAULT);
            assertThat(queues.queue(QueueName.DEFAULT))
                    .as("the end of a pause leaves the limits")
                    .isEqualTo(new Queue(QueueName.DEFAULT, false, LIMITS));
        }
    }

    @Test
    default void queuesComeInCodePointOrder() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            Stream.of("b", "a_b", "B", "a-b", "ab", "a.b", "a", "0")
                    .map(QueueName::new)
                    .forEach(queues::pause);

            assertThat(queues.queues())
                    .as("queues come in code point order")
                    .extracting(queue -> queue.name().value())
                    .containsExactly("0", "B", "a", "a-b", "a.b", "a_b", "ab", "b");
            assertThat(queues.queues()).as("each as it was set").allMatch(Queue::paused);
        }
    }

    @Test
    default void aPausedQueueGivesNothingUntilThePauseEnds() {
        try (StorageHarness harness = fresh()) {
            QueueRepository queues = harness.storage().queues();
            JobQueueRepository jobs = harness.storage().jobs();
            JobId before = enqueue(jobs, work());
            assertThat(queues.pause(QueueName.DEFAULT)).as("that is news").isTrue();
            assertThat(queues.pause(QueueName.DEFAULT)).as("that is no news").isFalse();
            JobId during = enqueue(jobs, work());
            JobId elsewhere = enqueue(jobs, work().queue("other"));

            assertThat(jobs.claim(request(9)))
                    .as("a paused queue gives nothing")
                    .isEmpty();
            assertThat(ids(jobs.claim(request("other", 9))))
                    .as("other queues go on")
                    .containsExactly(elsewhere);
            assertThat(queues.resume(QueueName.DEFAULT)).as("that is news").isTrue();
            assertThat(queues.resume(QueueName.DEFAULT)).as("that is no news").isFalse();
            assertThat(ids(jobs.claim(request(9))))
                    .as("what came before and during the pause is there")
                    .containsExactly(before, during);
        }
    }

    @Test
    default void whatRunsGoesOnDuringAPause() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, List.of(work(), work()));
            List<ClaimedJob> running = jobs.claim(request(9));

            harness.storage().queues().pause(QueueName.DEFAULT);

            assertThat(extend(jobs, running.get(0).lease(), LEASE))
                    .as("what runs already goes on")
                    .isEqualTo(LeaseState.HELD);
            assertThat(complete(jobs, running.get(0))).as("and ends").isTrue();
            assertThat(fail(jobs, running.get(1).lease(), "no", Optional.of(Duration.ZERO)))
                    .as("and ends")
                    .isTrue();
            assertThat(jobs.claim(request(9)))
                    .as("what comes back waits for the end of the pause")
                    .isEmpty();
        }
    }

    @Test
    default void aDeadWorkersJobWaitsForTheEndOfThePauseToo() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            claimOne(jobs);
            harness.storage().queues().pause(QueueName.DEFAULT);
            harness.advance(PAST_THE_LEASE);

            assertThat(jobs.claim(request(9)))
                    .as("a paused queue gives nothing")
                    .isEmpty();
            harness.storage().queues().resume(QueueName.DEFAULT);
            assertThat(claimOne(jobs).job().id()).as("it runs again").isEqualTo(id);
        }
    }

    @Test
    default void aPauseHoldsForEveryOpeningAtOnce() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            enqueueAll(harness.storage().jobs(), List.of(work(), work()));
            for (int round = 0; round < 3; round++) {
                harness.storage().queues().pause(QueueName.DEFAULT);
                assertThat(other.jobs().claim(request(1)))
                        .as("a pause holds for every opening at once")
                        .isEmpty();
                assertThat(other.queues().resume(QueueName.DEFAULT))
                        .as("every opening can end it")
                        .isTrue();
            }
            assertThat(harness.storage().jobs().claim(request(9)))
                    .as("the end of a pause holds for every opening at once")
                    .hasSize(2);
        }
    }
}
