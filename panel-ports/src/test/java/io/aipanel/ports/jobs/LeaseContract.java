package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
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
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How leases protect a job, and what becomes of it. */
public interface LeaseContract extends StoreContract {

    @Test
    default void aJobWhoseLeaseHasEndedIsTakenAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob first = claimOne(jobs);
            harness.advance(LEASE.minusSeconds(10));
            assertThat(jobs.claim(request(1))).as("the lease is live").isEmpty();
            harness.advance(Duration.ofSeconds(15));

            ClaimedJob second = claimOne(jobs);

            assertThat(second.job().id())
                    .as("a job whose lease has ended is taken again")
                    .isEqualTo(id);
            assertThat(second.job().attempt())
                    .as("each claim counts an attempt")
                    .isEqualTo(2);
            assertThat(second.job().state()).as("it runs again").isEqualTo(JobState.RUNNING);
            assertThat(second.lease().token())
                    .as("the fencing token grows")
                    .isGreaterThan(first.lease().token());
        }
    }

    @Test
    default void theFencingTokenGrowsWithEveryClaim() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());
            List<Long> tokens = new ArrayList<>();
            Lease lease = claimOne(jobs).lease();
            tokens.add(lease.token());
            release(jobs, lease);
            lease = claimOne(jobs).lease();
            tokens.add(lease.token());
            fail(jobs, lease, "no", Optional.of(Duration.ZERO));
            tokens.add(claimOne(jobs).lease().token());
            harness.advance(PAST_THE_LEASE);
            tokens.add(claimOne(jobs).lease().token());

            assertThat(tokens)
                    .as("the fencing token grows with every claim")
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    default void aCompletedJobKeepsItsResult() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().payload("{\"p\":1}").priority(3).uniqueKey("key"));
            Job running = claimOne(jobs).job();
            JsonText result = new JsonText("{ \"r\" : \"\uD83D\uDE00\" }");

            harness.advance(PAST_THE_LEASE);
            assertThat(complete(jobs, claimOne(jobs).lease(), Optional.of(result)))
                    .as("the latest lease ends it")
                    .isTrue();

            Job ended = job(jobs, id);
            assertThat(ended.state()).as("the job ended well").isEqualTo(JobState.COMPLETED);
            assertThat(ended.result()).as("its result is kept to the letter").contains(result);
            assertThat(ended.attempt()).as("attempts stay").isEqualTo(2);
            assertThat(ended.worker()).as("who ran it last is known").isEqualTo(running.worker());
            assertThat(ended.payload()).as("the payload stays").isEqualTo(running.payload());
            assertThat(ended.uniqueKey()).as("the key is told still").isEqualTo(running.uniqueKey());
            assertThat(ended.createdAt()).as("times stay").isEqualTo(running.createdAt());
            assertThat(ended.finishedAt().orElseThrow())
                    .as("it ended now")
                    .isCloseTo(harness.now(), within(1, ChronoUnit.MINUTES));
            assertThat(jobs.claim(request(1))).as("an ended job is not taken").isEmpty();
        }
    }

    @Test
    default void aJobMayEndWithoutAResult() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());

            complete(jobs, claimOne(jobs).lease(), Optional.empty());

            assertThat(job(jobs, id).result()).as("nothing was answered").isEmpty();
            assertThat(job(jobs, id).lastError()).as("nothing failed").isEmpty();
        }
    }

    @Test
    default void aLeaseThatHasEndedStillEndsTheJobIfNobodyTookIt() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();
            harness.advance(PAST_THE_LEASE);

            assertThat(complete(jobs, lease, Optional.empty()))
                    .as("a lease is the latest until somebody takes the job again")
                    .isTrue();
            assertThat(job(jobs, id).state()).as("the job ended well").isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    default void aStaleLeaseChangesNothing() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease stale = claimOne(jobs).lease();
            harness.advance(PAST_THE_LEASE);
            ClaimedJob latest = claimOne(jobs);

            assertRefused(jobs, stale, "a stale lease is refused");

            assertThat(jobs.job(id)).as("a stale lease changes nothing").contains(latest.job());
            assertThat(jobs.claim(request(1)))
                    .as("a stale lease gives nothing back")
                    .isEmpty();
            assertThat(complete(jobs, latest.lease(), Optional.empty()))
                    .as("the latest lease still counts")
                    .isTrue();
        }
    }

    @Test
    default void aLeaseOfAnEndedJobChangesNothing() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();
            complete(jobs, lease, Optional.of(new JsonText("1")));
            Job ended = job(jobs, id);

            assertRefused(jobs, lease, "a lease ends with its job");

            assertThat(jobs.job(id)).as("an ended job stays as it is").contains(ended);
        }
    }

    @Test
    default void aLeaseThatWasGivenBackChangesNothing() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease released = claimOne(jobs).lease();
            release(jobs, released);
            Job waiting = job(jobs, id);

            assertRefused(jobs, released, "a lease that was given back is over");
            assertThat(jobs.job(id)).as("a lease that is over changes nothing").contains(waiting);

            Lease failed = claimOne(jobs).lease();
            fail(jobs, failed, "no", Optional.of(Duration.ofHours(1)));
            Job delayed = job(jobs, id);
            assertRefused(jobs, failed, "a lease that has failed is over");
            assertThat(jobs.job(id)).as("a lease that is over changes nothing").contains(delayed);
        }
    }

    @Test
    default void aLeaseOfAnUnknownJobIsRefused() {
        try (StorageHarness harness = fresh()) {
            assertRefused(harness.storage().jobs(), new Lease(new JobId(4711), 1), "there is no such job");
        }
    }

    @Test
    default void aTokenThatWasNeverGivenIsRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            assertRefused(jobs, new Lease(id, 0), "nobody has taken the job");
            assertRefused(jobs, new Lease(id, 1), "nobody has taken the job");
            ClaimedJob claimed = claimOne(jobs);

            assertRefused(jobs, new Lease(id, claimed.lease().token() + 1), "the token was never given");
            assertThat(jobs.job(id)).as("a refusal changes nothing").contains(claimed.job());
        }
    }

    private static void assertRefused(JobQueueRepository jobs, Lease lease, String rule) {
        assertThat(complete(jobs, lease, Optional.of(new JsonText("\"stale\""))))
                .as(rule)
                .isFalse();
        assertThat(fail(jobs, lease, "stale", Optional.of(Duration.ZERO)))
                .as(rule)
                .isFalse();
        assertThat(fail(jobs, lease, "stale", Optional.empty())).as(rule).isFalse();
        assertThat(extend(jobs, lease, Duration.ofHours(1))).as(rule).isEqualTo(LeaseState.LOST);
        assertThat(release(jobs, lease)).as(rule).isFalse();
    }

    @Test
    default void aLeaseThatIsExtendedLastsLonger() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);

            assertThat(extend(jobs, claimed.lease(), Duration.ofHours(1)))
                    .as("the latest lease is extended")
                    .isEqualTo(LeaseState.HELD);
            assertThat(jobs.job(id)).as("extending changes nothing else").contains(claimed.job());
            harness.advance(Duration.ofMinutes(59));
            assertThat(jobs.claim(request(1))).as("an extended lease is live").isEmpty();
            harness.advance(Duration.ofMinutes(2));
            assertThat(claimOne(jobs).job().id())
                    .as("an extended lease ends too")
                    .isEqualTo(id);
        }
    }

    @Test
    default void aLeaseMayBeShortened() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());

            extend(jobs, claimOne(jobs).lease(), Duration.ofSeconds(10));
            harness.advance(Duration.ofSeconds(20));

            assertThat(claimOne(jobs).job().id())
                    .as("a lease lasts from now on")
                    .isEqualTo(id);
        }
    }

    @Test
    default void aLeaseIsExtendedByAMillisecondToADay() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();

            for (Duration duration : List.of(
                    Duration.ZERO,
                    Duration.ofMillis(-1),
                    Duration.ofNanos(999_999),
                    Duration.ofDays(1).plusMillis(1))) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "a lease is extended by a millisecond to a day",
                        () -> extend(jobs, lease, duration));
            }
            assertThat(extend(jobs, lease, Duration.ofMillis(1)))
                    .as("the shortest")
                    .isEqualTo(LeaseState.HELD);
            assertThat(extend(jobs, lease, Duration.ofDays(1)))
                    .as("the longest")
                    .isEqualTo(LeaseState.HELD);
        }
    }

    @Test
    default void ofTwoWhoEndOneJobOneDoes() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            for (int round = 0; round < 10; round++) {
                enqueue(jobs, work());
                Lease lease = claimOne(jobs).lease();
                List<Callable<Boolean>> ends = List.of(
                        () -> complete(jobs, lease, Optional.empty()),
                        () -> fail(jobs, lease, "no", Optional.empty()),
                        () -> release(jobs, lease));

                assertThat(Race.answers(Race.between(ends)))
                        .as("a lease ends a job once under a race")
                        .containsOnlyOnce(true);
                jobs.claim(request(1)).forEach(left -> complete(jobs, left.lease(), Optional.empty()));
            }
        }
    }
}
