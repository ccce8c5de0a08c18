package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What becomes of a job that somebody no longer wants. */
public interface CancelContract extends StoreContract {

    @Test
    default void aPendingJobIsCancelledAtOnce() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId due = enqueue(jobs, work());
            JobId later = enqueue(jobs, work().delay(Duration.ofHours(1)));

            for (JobId id : List.of(due, later)) {
                Job before = job(jobs, id);
                assertThat(jobs.cancel(id)).as("a pending job can be cancelled").isEqualTo(JobChange.DONE);
                Job cancelled = job(jobs, id);
                assertThat(cancelled.state())
                        .as("a pending job is cancelled at once")
                        .isEqualTo(JobState.CANCELLED);
                assertThat(cancelled.finishedAt().orElseThrow())
                        .as("it ended now")
                        .isCloseTo(harness.now(), within(1, ChronoUnit.MINUTES));
                assertThat(cancelled.result()).as("it answered nothing").isEmpty();
                assertThat(cancelled.createdAt()).as("times stay").isEqualTo(before.createdAt());
            }
            harness.advance(Duration.ofHours(2));
            assertThat(jobs.claim(request(9)))
                    .as("a cancelled job does not run")
                    .isEmpty();
        }
    }

    @Test
    default void aRunningJobIsAskedToStop() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            assertThat(extend(jobs, claimed.lease(), LEASE))
                    .as("nobody has asked for its end")
                    .isEqualTo(LeaseState.HELD);

            assertThat(jobs.cancel(id)).as("a running job can be cancelled").isEqualTo(JobChange.DONE);

            assertThat(job(jobs, id).state())
                    .as("a running job runs until its handler stops")
                    .isEqualTo(JobState.RUNNING);
            assertThat(job(jobs, id).cancelRequested())
                    .as("that it is to stop is told")
                    .isTrue();
            assertThat(extend(jobs, claimed.lease(), Duration.ofHours(1)))
                    .as("its worker hears of it")
                    .isEqualTo(LeaseState.CANCEL_REQUESTED);
            harness.advance(Duration.ofMinutes(30));
            assertThat(jobs.claim(request(9)))
                    .as("its lease is live while it stops")
                    .isEmpty();
            assertThat(job(jobs, id).state()).as("and it runs on").isEqualTo(JobState.RUNNING);
        }
    }

    @Test
    default void askingTwiceIsDoneToo() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            claimOne(jobs);
            jobs.cancel(id);

            assertThat(jobs.cancel(id)).as("asking twice is done, too").isEqualTo(JobChange.DONE);
            assertThat(job(jobs, id).cancelRequested()).as("it is to stop").isTrue();
        }
    }

    @Test
    default void aJobThatHasEndedCannotBeCancelled() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId completed = enqueue(jobs, work());
            complete(jobs, claimOne(jobs));
            JobId dead = enqueue(jobs, work());
            bury(jobs, claimOne(jobs));

            for (JobId id : List.of(completed, dead)) {
                Job before = job(jobs, id);
                assertThat(jobs.cancel(id))
                        .as("a job that has ended cannot be cancelled")
                        .isEqualTo(JobChange.WRONG_STATE);
                assertThat(job(jobs, id)).as("it stays as it is").isEqualTo(before);
            }
            assertThat(jobs.cancel(new JobId(4711))).as("there is no such job").isEqualTo(JobChange.NOT_FOUND);
        }
    }

    @Test
    default void aJobThatWasToStopIsNotTriedAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            jobs.cancel(id);

            assertThat(fail(jobs, claimed.lease(), "stopped", Optional.of(Duration.ZERO)))
                    .as("the latest lease ends the attempt")
                    .isTrue();

            Job ended = job(jobs, id);
            assertThat(ended.state())
                    .as("a job that was to stop is cancelled instead of tried again")
                    .isEqualTo(JobState.CANCELLED);
            assertThat(ended.finishedAt()).as("it has ended").isPresent();
            assertThat(ended.attempt()).as("the attempt counts").isEqualTo(1);
            assertThat(ended.lastError()).as("the error is kept").contains("stopped");
            assertThat(jobs.failures(id)).as("and stands in the history").hasSize(1);
            assertThat(jobs.claim(request(9)))
                    .as("a cancelled job does not run")
                    .isEmpty();
        }
    }

    @Test
    default void aJobThatIsGivenBackWhenItWasToStopIsCancelled() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            jobs.cancel(id);

            release(jobs, claimed.lease());

            assertThat(job(jobs, id).state())
                    .as("a job that was to stop is cancelled instead of given back")
                    .isEqualTo(JobState.CANCELLED);
            assertThat(job(jobs, id).attempt()).as("the attempt does not count").isZero();
            assertThat(jobs.claim(request(9)))
                    .as("a cancelled job does not run")
                    .isEmpty();
        }
    }

    @Test
    default void anAttemptThatCompletesItsJobCompletesItAllTheSame() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            jobs.cancel(id);

            assertThat(complete(jobs, claimed.lease(), Optional.of(new JsonText("7"))))
                    .as("the latest lease ends it")
                    .isTrue();

            assertThat(job(jobs, id).state())
                    .as("an attempt that completed its job completed it")
                    .isEqualTo(JobState.COMPLETED);
            assertThat(job(jobs, id).result()).as("with its result").contains(new JsonText("7"));
        }
    }

    @Test
    default void anAttemptThatFailedForGoodMakesADeadLetterAllTheSame() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            jobs.cancel(id);

            bury(jobs, claimed);

            assertThat(job(jobs, id).state())
                    .as("a job that has failed for the last time has ended; it is not cancelled instead")
                    .isEqualTo(JobState.DEAD_LETTER);
        }
    }

    @Test
    default void aDeadWorkersJobThatWasToStopIsCancelled() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            jobs.cancel(id);
            harness.advance(PAST_THE_LEASE);

            assertThat(jobs.claim(request(9)))
                    .as("a job that was to stop does not run again")
                    .isEmpty();

            assertThat(job(jobs, id).state())
                    .as("it is cancelled instead of handed out")
                    .isEqualTo(JobState.CANCELLED);
            assertThat(jobs.failures(id))
                    .as("that its worker was lost stands in the history")
                    .extracting(JobFailure::error)
                    .containsExactly(JobError.LEASE_ENDED);
            assertThat(extend(jobs, claimed.lease(), LEASE))
                    .as("the job has ended")
                    .isEqualTo(LeaseState.LOST);
            assertThat(complete(jobs, claimed)).as("the job has ended").isFalse();
        }
    }

    @Test
    default void aJobThatWaitsToBeTriedAgainIsCancelledWithItsHistory() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            fail(jobs, claimOne(jobs).lease(), "first", Optional.of(Duration.ofHours(1)));

            jobs.cancel(id);

            Job cancelled = job(jobs, id);
            assertThat(cancelled.state()).as("it is cancelled").isEqualTo(JobState.CANCELLED);
            assertThat(cancelled.attempt()).as("attempts stay").isEqualTo(1);
            assertThat(cancelled.lastError()).as("the error stays").contains("first");
            assertThat(cancelled.worker()).as("who ran it last is known").contains("worker");
            assertThat(jobs.failures(id)).as("the history stays").hasSize(1);
        }
    }

    @Test
    default void aCancellationAndAClaimDoNotMissEachOther() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            for (int round = 0; round < 10; round++) {
                JobId id = enqueue(jobs, work());
                List<Callable<Boolean>> racers = List.of(
                        () -> jobs.cancel(id) == JobChange.DONE,
                        () -> !other.jobs().claim(request(1)).isEmpty());

                List<Boolean> answers = Race.answers(Race.between(racers));

                Job after = job(jobs, id);
                assertThat(answers.get(0))
                        .as("a job that has not ended can be cancelled")
                        .isTrue();
                assertThat(after.state())
                        .as("a cancellation and a claim do not miss each other")
                        .isEqualTo(answers.get(1) ? JobState.RUNNING : JobState.CANCELLED);
                assertThat(after.state() == JobState.CANCELLED || after.cancelRequested())
                        .as("who has taken it is told that it is to stop")
                        .isTrue();
            }
        }
    }
}
