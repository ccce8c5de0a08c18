package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the next job is due, and how old ones are removed. */
public interface QueueUpkeepContract extends StoreContract {

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
    default void finishedJobsOfOneStateAreRemovedOldestFirst() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(enqueue(jobs, work()));
                Lease lease = claimOne(jobs).lease();
                if (i % 2 == 0) {
                    complete(jobs, lease, Optional.empty());
                } else {
                    fail(jobs, lease, "no", Optional.empty());
                }
                harness.advance(Duration.ofMinutes(1));
            }
            Instant later = harness.now().plusSeconds(3600);

            assertThat(jobs.prune(JobState.COMPLETED, later, 2))
                    .as("no more than was asked for")
                    .isEqualTo(2);
            assertThat(jobs.jobs(JobFilter.ALL, PageRequest.first(9)).items())
                    .as("those with the lowest ids are removed first, and only of the state")
                    .extracting(Job::id)
                    .containsExactly(ids.get(4), ids.get(3), ids.get(1));
            assertThat(jobs.prune(JobState.COMPLETED, later, 9)).as("the rest").isEqualTo(1);
            assertThat(jobs.prune(JobState.COMPLETED, later, 9))
                    .as("nothing is left")
                    .isZero();
            assertThat(jobs.prune(JobState.DEAD_LETTER, later, 9))
                    .as("dead letters are removed by themselves")
                    .isEqualTo(2);
        }
    }

    @Test
    default void onlyJobsThatEndedBeforeTheTimeAreRemoved() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            complete(jobs, claimOne(jobs).lease(), Optional.empty());
            Instant finishedAt = job(jobs, id).finishedAt().orElseThrow();

            assertThat(jobs.prune(JobState.COMPLETED, finishedAt, 9))
                    .as("the time is exclusive")
                    .isZero();
            assertThat(jobs.prune(JobState.COMPLETED, finishedAt.plusNanos(1000), 9))
                    .as("it ended before the time")
                    .isEqualTo(1);
            assertThat(jobs.job(id)).as("a removed job is absent").isEmpty();
            assertThat(jobs.counts()).as("a queue without jobs is not listed").isEmpty();
        }
    }

    @Test
    default void unfinishedJobsAreNeverRemoved() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().priority(1));
            claimOne(jobs);
            enqueue(jobs, work());
            fail(jobs, claimOne(jobs).lease(), "no", Optional.of(Duration.ofDays(1)));
            enqueue(jobs, work());

            for (JobState state : List.of(JobState.COMPLETED, JobState.DEAD_LETTER, JobState.CANCELLED)) {
                assertThat(jobs.prune(state, harness.now().plusSeconds(3600), 9))
                        .as("unfinished jobs stay")
                        .isZero();
            }
            assertThat(jobs.jobs(JobFilter.ALL, PageRequest.first(9)).items())
                    .as("unfinished jobs stay")
                    .hasSize(3);
        }
    }

    @Test
    default void idsOfRemovedJobsAreNeverUsedAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId last = enqueue(jobs, work());
            complete(jobs, claimOne(jobs).lease(), Optional.empty());
            jobs.prune(JobState.COMPLETED, harness.now().plusSeconds(3600), 9);

            assertThat(enqueue(jobs, work())).as("ids are never used twice").isGreaterThan(last);
        }
    }

    @Test
    default void pruningNothingIsRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());
            complete(jobs, claimOne(jobs).lease(), Optional.empty());

            for (int max : new int[] {0, -1}) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "at least one job is to be removed",
                        () -> jobs.prune(JobState.COMPLETED, harness.now().plusSeconds(3600), max));
            }
            assertThat(jobs.jobs(JobFilter.ALL, PageRequest.first(9)).items())
                    .as("a refusal changes nothing")
                    .hasSize(1);
        }
    }
}
