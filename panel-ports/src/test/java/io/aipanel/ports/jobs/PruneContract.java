package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How finished jobs are removed. */
public interface PruneContract extends StoreContract {

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

    @Test
    default void jobsThatHaveNotEndedHaveNoStateToBeRemovedBy() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();

            for (JobState state : List.of(JobState.PENDING, JobState.RUNNING)) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "only finished jobs are removed",
                        () -> jobs.prune(state, harness.now(), 9));
            }
        }
    }

    @Test
    default void aJobThatEndedBeforeAnOlderOneIsRemovedAlone() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId older = enqueue(jobs, work());
            ClaimedJob slow = claimOne(jobs);
            JobId newer = enqueue(jobs, work());
            complete(jobs, claimOne(jobs));
            harness.advance(Duration.ofMinutes(1));
            complete(jobs, slow);
            Instant later = job(jobs, older).finishedAt().orElseThrow();

            assertThat(jobs.prune(JobState.COMPLETED, later, 9))
                    .as("when a job ended decides, not when it arrived")
                    .isEqualTo(1);
            assertThat(jobs.job(newer)).as("it ended before the time").isEmpty();
            assertThat(job(jobs, older).state()).as("it ended later").isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    default void aRemovedJobTakesItsHistoryAndItsLogWithIt() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId gone = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            jobs.report(List.of(
                    new JobReport(claimed.lease(), Optional.empty(), List.of(new LogLine(harness.now(), "a line")))));
            bury(jobs, claimed);
            JobId kept = enqueue(jobs, work());
            bury(jobs, claimOne(jobs));

            jobs.prune(JobState.DEAD_LETTER, harness.now().plusSeconds(60), 1);

            assertThat(jobs.failures(gone)).as("the history goes with its job").isEmpty();
            assertThat(jobs.log(gone)).as("the log goes with its job").isEqualTo(new JobLog(List.of(), 0));
            assertThat(jobs.failures(kept)).as("that of others stays").hasSize(1);
        }
    }

    @Test
    default void everyFinalStateIsRemovedAndCountedByItself() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, List.of(work(), work(), work()));
            List<ClaimedJob> claimed = jobs.claim(request(2));
            complete(jobs, claimed.get(0));
            bury(jobs, claimed.get(1));
            jobs.cancel(JobFilter.ALL, Optional.empty(), 9);
            Instant later = harness.now().plusSeconds(60);

            for (JobState state : List.of(JobState.CANCELLED, JobState.DEAD_LETTER, JobState.COMPLETED)) {
                assertThat(jobs.counts().get(0).jobs().get(state))
                        .as("a finished job is counted")
                        .isEqualTo(1);
                assertThat(jobs.prune(state, later, 9))
                        .as("jobs of one state are removed")
                        .isEqualTo(1);
                assertThat(jobs.jobs(JobFilter.ALL.state(state), PageRequest.first(9))
                                .items())
                        .as("jobs of one state are removed")
                        .isEmpty();
                assertThat(jobs.counts())
                        .as("a removed job is not counted")
                        .allSatisfy(
                                counts -> assertThat(counts.jobs().get(state)).isZero());
            }
            assertThat(jobs.counts()).as("a queue without jobs is not listed").isEmpty();
        }
    }
}
