package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.maxRunning;
import static io.aipanel.ports.jobs.JobSamples.rate;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long a worker may wait until there is something for it. */
public interface DueContract extends StoreContract {

    private static Optional<Duration> untilNextDue(JobQueueRepository jobs) {
        return jobs.untilNextDue(QueueName.DEFAULT, Set.of(WORK));
    }

    /** A time that is due after roughly so many seconds; the clock may be a second off, and the test takes time. */
    private static void assertDueIn(JobQueueRepository jobs, long seconds, String rule) {
        assertThat(untilNextDue(jobs).orElseThrow())
                .as(rule)
                .isBetween(Duration.ofSeconds(seconds - 60), Duration.ofSeconds(seconds + 5));
    }

    @Test
    default void anEmptyQueueHasNothingDue() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().queue("other"));
            enqueue(jobs, NewJob.of("other"));
            enqueue(jobs, work());
            complete(jobs, claimOne(jobs).lease(), Optional.empty());

            assertThat(untilNextDue(jobs))
                    .as("other queues, types and ended jobs do not count")
                    .isEmpty();
        }
    }

    @Test
    default void aJobThatCanRunNowIsDueNow() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().runAt(harness.now().plusSeconds(3600)));
            enqueue(jobs, work());

            assertThat(untilNextDue(jobs)).as("zero if there is something now").contains(Duration.ZERO);
        }
    }

    @Test
    default void theNextJobIsDueWhenItsTimeComes() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().runAt(harness.now().plusSeconds(7200)).priority(9));
            enqueue(jobs, work().runAt(harness.now().plusSeconds(3600)));

            assertDueIn(jobs, 3600, "the next job is due when its time comes, whatever its priority");
            harness.advance(Duration.ofSeconds(3605));
            assertThat(untilNextDue(jobs)).as("its time has come").contains(Duration.ZERO);
        }
    }

    @Test
    default void aRunningJobIsDueWhenItsLeaseEnds() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();

            assertDueIn(jobs, LEASE.toSeconds(), "a running job is due when its lease ends");
            extend(jobs, lease, Duration.ofHours(2));
            assertDueIn(jobs, 7200, "a lease that was extended ends later");
            harness.advance(Duration.ofHours(3));
            assertThat(untilNextDue(jobs)).as("the lease has ended").contains(Duration.ZERO);
        }
    }

    @Test
    default void theEarliestOfSeveralTypesIsDue() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().runAt(harness.now().plusSeconds(7200)));
            enqueue(jobs, NewJob.of("mail").runAt(harness.now().plusSeconds(3600)));
            enqueue(jobs, NewJob.of("none").runAt(harness.now().plusSeconds(10)));

            assertThat(jobs.untilNextDue(QueueName.DEFAULT, Set.of(WORK, new JobType("mail")))
                            .orElseThrow())
                    .as("the earliest of the worker's types")
                    .isBetween(Duration.ofSeconds(3540), Duration.ofSeconds(3605));
        }
    }

    @Test
    default void aWorkerWithoutTypesIsRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();

            Refusal.of(
                    IllegalArgumentException.class,
                    "a worker handles at least one type",
                    () -> jobs.untilNextDue(QueueName.DEFAULT, Set.of()));
        }
    }

    @Test
    default void aPausedQueueHasNothingDue() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().priority(1));
            claimOne(jobs);
            enqueue(jobs, work());
            harness.storage().queues().pause(QueueName.DEFAULT);

            assertThat(untilNextDue(jobs)).as("a paused queue has nothing due").isEmpty();
            harness.storage().queues().resume(QueueName.DEFAULT);
            assertThat(untilNextDue(jobs))
                    .as("a pause that has ended holds nothing back")
                    .contains(Duration.ZERO);
        }
    }

    @Test
    default void whatWaitsForAKeyIsNotDueBeforeTheLeaseOfTheOther() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, List.of(work().concurrencyKey("a"), work().concurrencyKey("a")));
            ClaimedJob first = claimOne(jobs);
            assertThat(jobs.claim(request(9))).as("one at a time of a key").isEmpty();

            assertDueIn(jobs, LEASE.toSeconds(), "what waits for a key is not due before the lease of the other ends");
            complete(jobs, first);
            assertThat(untilNextDue(jobs)).as("the key is free").contains(Duration.ZERO);
        }
    }

    @Test
    default void aFullQueueIsDueWhenALeaseEnds() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(1));
            enqueueAll(jobs, List.of(work(), work()));
            ClaimedJob first = claimOne(jobs);

            assertDueIn(jobs, LEASE.toSeconds(), "a full queue is due when a lease ends");
            complete(jobs, first);
            assertThat(untilNextDue(jobs)).as("there is room").contains(Duration.ZERO);
        }
    }

    @Test
    default void aRateIsDueWhenItsNextTokenComes() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, rate(2, Duration.ofHours(1)));
            enqueueAll(jobs, List.of(work(), work(), work()));
            assertThat(untilNextDue(jobs)).as("two may start at once").contains(Duration.ZERO);
            jobs.claim(request(9)).forEach(claimed -> complete(jobs, claimed));

            assertDueIn(jobs, 1800, "a rate is due when its next token comes");
            harness.advance(Duration.ofMinutes(31));
            assertThat(untilNextDue(jobs)).as("a token has come").contains(Duration.ZERO);
        }
    }

    @Test
    default void aQueueWithARateAndNothingElseHasNothingDue() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, rate(1, Duration.ofHours(1)));
            enqueue(jobs, work());
            complete(jobs, claimOne(jobs));

            assertThat(untilNextDue(jobs))
                    .as("nothing waits, so nothing is due when the token comes")
                    .isEmpty();
        }
    }
}
