package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a job whose attempt failed, or that was given back. */
public interface RetryContract extends StoreContract {

    @Test
    default void aFailedJobWaitsForItsNextAttempt() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());

            assertThat(fail(jobs, claimOne(jobs).lease(), "no luck", Optional.of(Duration.ofMinutes(10))))
                    .as("the latest lease fails the job")
                    .isTrue();

            Job waiting = job(jobs, id);
            assertThat(waiting.state()).as("it waits").isEqualTo(JobState.PENDING);
            assertThat(waiting.lastError()).as("the error is kept").contains("no luck");
            assertThat(waiting.attempt()).as("the attempt counts").isEqualTo(1);
            assertThat(waiting.finishedAt()).as("it has not ended").isEmpty();
            assertThat(waiting.runAt())
                    .as("the next attempt is due after the delay")
                    .isCloseTo(harness.now().plus(Duration.ofMinutes(10)), within(1, ChronoUnit.MINUTES));
            harness.advance(Duration.ofMinutes(9));
            assertThat(jobs.claim(request(1))).as("the delay is kept").isEmpty();
            harness.advance(Duration.ofMinutes(2));
            assertThat(claimOne(jobs).job().attempt())
                    .as("the next attempt counts too")
                    .isEqualTo(2);
        }
    }

    @Test
    default void aFailedJobMayBeTriedAgainAtOnce() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().retry(RetryPolicy.NEVER));

            for (int attempt = 1; attempt <= 4; attempt++) {
                var claimed = claimOne(jobs);
                assertThat(claimed.job().attempt())
                        .as("each claim counts an attempt")
                        .isEqualTo(attempt);
                fail(jobs, claimed.lease(), "error " + attempt, Optional.of(Duration.ZERO));
            }
            assertThat(claimOne(jobs).job().lastError())
                    .as("the last error is kept")
                    .contains("error 4");
        }
    }

    @Test
    default void aJobWithoutAnotherAttemptIsADeadLetter() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            fail(jobs, claimOne(jobs).lease(), "first", Optional.of(Duration.ZERO));

            assertThat(fail(jobs, claimOne(jobs).lease(), "last", Optional.empty()))
                    .as("the latest lease")
                    .isTrue();

            Job dead = job(jobs, id);
            assertThat(dead.state()).as("it is a dead letter").isEqualTo(JobState.DEAD_LETTER);
            assertThat(dead.lastError())
                    .as("a dead letter keeps its last error")
                    .contains("last");
            assertThat(dead.attempt()).as("attempts stay").isEqualTo(2);
            assertThat(dead.worker()).as("who ran it last is known").contains("worker");
            assertThat(dead.result()).as("it answered nothing").isEmpty();
            assertThat(dead.finishedAt().orElseThrow())
                    .as("it ended now")
                    .isCloseTo(harness.now(), within(1, ChronoUnit.MINUTES));
            harness.advance(Duration.ofDays(2));
            assertThat(jobs.claim(request(1)))
                    .as("a dead letter is not tried again")
                    .isEmpty();
        }
    }

    @Test
    default void aJobThatSucceedsAfterAFailureKeepsTheError() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            fail(jobs, claimOne(jobs).lease(), "first", Optional.of(Duration.ZERO));
            complete(jobs, claimOne(jobs).lease(), Optional.empty());

            assertThat(job(jobs, id).state()).as("it ended well").isEqualTo(JobState.COMPLETED);
            assertThat(job(jobs, id).lastError())
                    .as("what the last failed attempt said")
                    .contains("first");
        }
    }

    @Test
    default void aLongErrorIsCutWithoutBreakingACharacter() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            String fits = "x".repeat(JobError.MAX_TEXT_BYTES - 3);

            failAndRetry(jobs, fits + "abc");
            assertThat(job(jobs, id).lastError()).as("8192 bytes are kept").contains(fits + "abc");
            failAndRetry(jobs, fits + "abcd");
            assertThat(job(jobs, id).lastError()).as("a byte more is cut").contains(fits + "abc");
            failAndRetry(jobs, fits + "\uD83D\uDE00");
            assertThat(job(jobs, id).lastError()).as("no character is broken").contains(fits);
            failAndRetry(jobs, fits + "\u20AC" + "x".repeat(1 << 20));
            assertThat(job(jobs, id).lastError())
                    .as("a character that fits is kept")
                    .contains(fits + "\u20AC");
        }
    }

    @Test
    default void anErrorMayHoldAnyText() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());

            failAndRetry(jobs, "");
            assertThat(job(jobs, id).lastError())
                    .as("an empty error is an error")
                    .contains("");
            failAndRetry(jobs, "a\0b\uD83D");
            assertThat(job(jobs, id).lastError())
                    .as("what a store refuses is replaced: an error must not hinder that it is told")
                    .contains("a\uFFFDb\uFFFD");
            for (String text : HostileTexts.IN_ORDER) {
                failAndRetry(jobs, text);
                assertThat(job(jobs, id).lastError())
                        .as("text comes back to the letter")
                        .contains(text);
            }
        }
    }

    private static void failAndRetry(JobQueueRepository jobs, String error) {
        assertThat(fail(jobs, claimOne(jobs).lease(), error, Optional.of(Duration.ZERO)))
                .as("the latest lease fails the job")
                .isTrue();
    }

    @Test
    default void aJobIsTriedAgainWithinAYear() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();

            for (Duration delay :
                    List.of(Duration.ofMillis(-1), Duration.ofDays(365).plusMillis(1))) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "a job is tried again after 0 to 365 days",
                        () -> fail(jobs, lease, "no", Optional.of(delay)));
            }
            assertThat(job(jobs, id).state()).as("a refusal changes nothing").isEqualTo(JobState.RUNNING);
            assertThat(fail(jobs, lease, "no", Optional.of(Duration.ofDays(365))))
                    .as("the longest delay")
                    .isTrue();
        }
    }

    @Test
    default void aJobThatIsGivenBackWaitsAsIfNobodyHadTakenIt() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Job before = job(jobs, id);

            assertThat(release(jobs, claimOne(jobs).lease()))
                    .as("the latest lease gives it back")
                    .isTrue();

            Job waiting = job(jobs, id);
            assertThat(waiting.state()).as("it is pending at once").isEqualTo(JobState.PENDING);
            assertThat(waiting.attempt()).as("the attempt does not count").isZero();
            assertThat(waiting.runAt()).as("its time stays").isEqualTo(before.runAt());
            assertThat(waiting.lastError()).as("nothing failed").isEmpty();
            assertThat(claimOne(jobs).job().attempt())
                    .as("the next claim is the first attempt")
                    .isEqualTo(1);
        }
    }

    @Test
    default void givingBackTakesOnlyTheLastAttemptAway() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            fail(jobs, claimOne(jobs).lease(), "first", Optional.of(Duration.ZERO));
            release(jobs, claimOne(jobs).lease());

            assertThat(job(jobs, id).attempt()).as("the failed attempt counts").isEqualTo(1);
            assertThat(job(jobs, id).lastError()).as("the error stays").contains("first");
        }
    }
}
