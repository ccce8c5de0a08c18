package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How jobs that have ended badly are tried again. */
public interface RequeueContract extends StoreContract {

    private static JobId dead(JobQueueRepository jobs, NewJob job) {
        JobId id = enqueue(jobs, job);
        bury(jobs, claimOne(jobs));
        return id;
    }

    @Test
    default void aDeadLetterIsPendingAgainWithItsHistory() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().payload("{ \"p\":1}").priority(3).uniqueKey("key"));
            fail(jobs, claimOne(jobs).lease(), "first", Optional.of(Duration.ZERO));
            ClaimedJob last = claimOne(jobs);
            jobs.report(List.of(
                    new JobReport(last.lease(), Optional.empty(), List.of(new LogLine(harness.now(), "a line")))));
            fail(jobs, last.lease(), "second", Optional.empty());
            Job before = job(jobs, id);

            assertThat(jobs.retry(id)).as("a dead letter can be tried again").isEqualTo(JobChange.DONE);

            Job again = job(jobs, id);
            assertThat(again)
                    .as("it keeps its id and all that it was")
                    .usingRecursiveComparison()
                    .ignoringFields("state", "earlierAttempts", "finishedAt", "runAt")
                    .isEqualTo(before);
            assertThat(again.state()).as("it is pending").isEqualTo(JobState.PENDING);
            assertThat(again.finishedAt()).as("it has not ended").isEmpty();
            assertThat(again.earlierAttempts())
                    .as("its attempts no longer count for its retry policy")
                    .isEqualTo(2);
            assertThat(jobs.failures(id)).as("its history stays").hasSize(2);
            assertThat(jobs.log(id).lines()).as("its log stays").hasSize(1);
        }
    }

    @Test
    default void aJobThatIsTriedAgainCanRunAtOnce() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = dead(jobs, work());
            JobId cancelled = enqueue(jobs, work().delay(Duration.ofDays(300)));
            jobs.cancel(cancelled);
            jobs.retry(id);
            jobs.retry(cancelled);

            List<ClaimedJob> claimed = jobs.claim(request(9));

            assertThat(ids(claimed)).as("both are pending at once").containsExactlyInAnyOrder(id, cancelled);
            Job first = job(jobs, id);
            assertThat(first.attempt()).as("attempts go on counting").isEqualTo(2);
            assertThat(first.countingAttempt())
                    .as("for its policy it is the first")
                    .isEqualTo(1);
            Job second = job(jobs, cancelled);
            assertThat(second.attempt()).as("it was never tried before").isEqualTo(1);
            assertThat(second.countingAttempt())
                    .as("for its policy it is the first")
                    .isEqualTo(1);
        }
    }

    @Test
    default void attemptsAddUpOverManyLives() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            for (int life = 0; life < 3; life++) {
                fail(jobs, claimOne(jobs).lease(), "no", Optional.of(Duration.ZERO));
                bury(jobs, claimOne(jobs));
                jobs.retry(id);
            }

            assertThat(job(jobs, id).attempt()).as("attempts add up").isEqualTo(6);
            assertThat(job(jobs, id).earlierAttempts())
                    .as("none of them counts")
                    .isEqualTo(6);
            assertThat(jobs.failures(id))
                    .as("every attempt stands in the history, the first one first")
                    .extracting(JobFailure::attempt)
                    .containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    default void whoHadItBeforeHasLostItForGood() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob old = claimOne(jobs);
            bury(jobs, old);
            jobs.retry(id);
            assertThat(complete(jobs, old)).as("an old lease is stale").isFalse();
            ClaimedJob latest = claimOne(jobs);

            assertThat(latest.lease().token())
                    .as("the fencing token grows over the lives of a job")
                    .isGreaterThan(old.lease().token());
            assertThat(complete(jobs, old)).as("an old lease is stale").isFalse();
            assertThat(complete(jobs, latest)).as("the latest lease ends it").isTrue();
        }
    }

    @Test
    default void aJobThatWasAskedToStopIsNotAskedAnyMore() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob first = claimOne(jobs);
            jobs.cancel(id);
            release(jobs, first.lease());

            jobs.retry(id);

            ClaimedJob again = claimOne(jobs);
            assertThat(again.job().cancelRequested())
                    .as("somebody wants it again")
                    .isFalse();
            assertThat(extend(jobs, again.lease(), LEASE))
                    .as("somebody wants it again")
                    .isEqualTo(LeaseState.HELD);
            fail(jobs, again.lease(), "no", Optional.of(Duration.ZERO));
            assertThat(job(jobs, id).state()).as("it is tried again").isEqualTo(JobState.PENDING);
        }
    }

    @Test
    default void otherStatesCannotBeTriedAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId completed = enqueue(jobs, work());
            complete(jobs, claimOne(jobs));
            JobId running = enqueue(jobs, work());
            claimOne(jobs);
            JobId pending = enqueue(jobs, work());

            for (JobId id : List.of(completed, running, pending)) {
                Job before = job(jobs, id);
                assertThat(jobs.retry(id))
                        .as("only dead letters and cancelled jobs can be tried again")
                        .isEqualTo(JobChange.WRONG_STATE);
                assertThat(job(jobs, id)).as("it stays as it is").isEqualTo(before);
            }
            assertThat(jobs.retry(new JobId(4711))).as("there is no such job").isEqualTo(JobChange.NOT_FOUND);
        }
    }

    @Test
    default void aJobWhoseKeyAnotherHasCannotBeTriedAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = dead(jobs, work().uniqueKey("key"));
            Job before = job(jobs, id);
            enqueue(jobs, work().uniqueKey("key"));

            assertThat(jobs.retry(id)).as("another job has its key").isEqualTo(JobChange.KEY_TAKEN);
            assertThat(job(jobs, id)).as("it stays as it is").isEqualTo(before);
            complete(jobs, claimOne(jobs));
            assertThat(jobs.retry(id)).as("the key is free").isEqualTo(JobChange.DONE);
            assertThat(jobs.enqueue(List.of(work().uniqueKey("key"))))
                    .as("a job that is tried again has its key again")
                    .containsExactly(new Enqueued(id, false));
        }
    }

    @Test
    default void aKeyThatAnotherKeepsIsTakenAndOnesOwnIsNot() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId own = dead(jobs, work().uniqueKey("own", Duration.ofHours(1)));
            assertThat(jobs.retry(own)).as("nobody else has its key").isEqualTo(JobChange.DONE);
            complete(jobs, claimOne(jobs));

            JobId first = dead(jobs, work().uniqueKey("kept"));
            enqueue(jobs, work().uniqueKey("kept", Duration.ofHours(1)));
            complete(jobs, claimOne(jobs));
            assertThat(jobs.retry(first))
                    .as("a key that another keeps is taken")
                    .isEqualTo(JobChange.KEY_TAKEN);
            harness.advance(Duration.ofMinutes(61));
            assertThat(jobs.retry(first)).as("the period is over").isEqualTo(JobChange.DONE);
        }
    }

    @Test
    default void aJobThatIsTriedAgainWaitsForItsConcurrencyKey() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = dead(jobs, work().concurrencyKey("a"));
            enqueue(jobs, work().concurrencyKey("a"));
            ClaimedJob running = claimOne(jobs);
            jobs.retry(id);

            assertThat(jobs.claim(request(9))).as("one at a time of a key").isEmpty();
            complete(jobs, running);
            assertThat(claimOne(jobs).job().id()).as("the key is free").isEqualTo(id);
        }
    }

    @Test
    default void ofTwoWhoWantItTriedAgainOneDoes() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = dead(jobs, work());
            for (int round = 0; round < 5; round++) {
                List<JobChange> answers = Race.answers(Race.of(2, i -> () -> (i == 0 ? jobs : other.jobs()).retry(id)));

                assertThat(answers)
                        .as("of two who want it tried again one does")
                        .containsExactlyInAnyOrder(JobChange.DONE, JobChange.WRONG_STATE);
                assertThat(jobs.claim(request(9))).as("it is there once").hasSize(1);
                harness.advance(PAST_THE_LEASE);
                bury(jobs, claimOne(jobs));
            }
        }
    }

    @Test
    default void aKeyIsGivenOnceWhenOneIsTriedAgainAndAnotherArrives() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            for (int round = 0; round < 5; round++) {
                NewJob job = work().uniqueKey("key " + round);
                JobId id = dead(jobs, job);
                List<Callable<Boolean>> racers = List.of(
                        () -> jobs.retry(id) == JobChange.DONE,
                        () -> other.jobs().enqueue(List.of(job)).get(0).isNew());

                assertThat(Race.answers(Race.between(racers)))
                        .as("a key is given once, whoever comes first")
                        .containsExactlyInAnyOrder(true, false);
                complete(jobs, claimOne(jobs));
            }
        }
    }
}
