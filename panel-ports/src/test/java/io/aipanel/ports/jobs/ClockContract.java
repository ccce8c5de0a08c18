package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.rate;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds when the store's clock is set back or forward: nothing is lost, and nothing is handed out twice. */
public interface ClockContract extends StoreContract {

    /** How far the clock is set. */
    Duration AN_HOUR = Duration.ofHours(1);

    @Test
    default void whatWasDueIsDueAgainAtTheLatestByTheOldTime() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids =
                    enqueueAll(jobs, List.of(work(), work().concurrencyKey("a"), work().delay(Duration.ofMinutes(10))));
            fail(jobs, jobs.claim(request(1)).get(0).lease(), "no", Optional.of(Duration.ofMinutes(10)));

            harness.advance(AN_HOUR.negated());
            List<JobId> taken = new ArrayList<>(ids(jobs.claim(request(9))));
            JobId between = enqueue(jobs, work());
            taken.addAll(ids(jobs.claim(request(9))));
            assertThat(taken)
                    .as("what arrives after the clock was set back can run at once")
                    .contains(between);
            harness.advance(AN_HOUR.plusMinutes(11));
            taken.addAll(ids(jobs.claim(request(9))).stream()
                    .filter(id -> !taken.contains(id))
                    .toList());

            assertThat(taken)
                    .as("if the clock is set back nothing is lost: by the old time everything is due")
                    .containsExactlyInAnyOrder(ids.get(0), ids.get(1), ids.get(2), between);
        }
    }

    @Test
    default void aLiveLeaseStaysLive() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);

            harness.advance(AN_HOUR.negated());
            assertThat(jobs.claim(request(9)))
                    .as("if the clock is set back no job is handed out twice")
                    .isEmpty();
            assertThat(extend(jobs, claimed.lease(), LEASE))
                    .as("a lease is the latest, whatever the clock says")
                    .isEqualTo(LeaseState.HELD);
            harness.advance(PAST_THE_LEASE);
            ClaimedJob again = claimOne(jobs);
            assertThat(again.job().id())
                    .as("a lease that was extended lasts from the new time on")
                    .isEqualTo(id);
            assertThat(complete(jobs, claimed)).as("the old lease is stale").isFalse();
            assertThat(complete(jobs, again)).as("the latest ends it").isTrue();
        }
    }

    @Test
    default void forwardAndBackLeavesOneHolder() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob first = claimOne(jobs);

            harness.advance(AN_HOUR);
            ClaimedJob second = claimOne(jobs);
            harness.advance(AN_HOUR.negated());

            assertThat(jobs.claim(request(9)))
                    .as("set forward and back, a job has one holder")
                    .isEmpty();
            assertThat(jobs.extend(List.of(first.lease(), second.lease()), LEASE))
                    .as("set forward and back, a job has one holder: the last")
                    .containsExactly(LeaseState.LOST, LeaseState.HELD);
            assertThat(complete(jobs, first)).as("the old lease is stale").isFalse();
            assertThat(complete(jobs, second)).as("the latest ends it").isTrue();
            assertThat(job(jobs, id).attempt()).as("attempts add up").isEqualTo(2);
            assertThat(jobs.failures(id)).as("the lost attempt is told").hasSize(1);
        }
    }

    @Test
    default void uniqueKeysStayUnique() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().uniqueKey("key", AN_HOUR));
            complete(jobs, claimOne(jobs));

            harness.advance(AN_HOUR.negated());
            assertThat(jobs.enqueue(List.of(work().uniqueKey("key"))))
                    .as("a kept key stays taken when the clock is set back")
                    .containsExactly(new Enqueued(id, false));
            harness.advance(AN_HOUR.multipliedBy(2).plusMinutes(1));
            enqueue(jobs, work().uniqueKey("key"));
        }
    }

    @Test
    default void limitsAreKeptAndLetGoAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, rate(2, AN_HOUR));
            enqueueAll(jobs, Collections.nCopies(9, work()));
            jobs.claim(request(9)).forEach(claimed -> complete(jobs, claimed));

            harness.advance(AN_HOUR.negated());
            assertThat(jobs.claim(request(9)))
                    .as("setting the clock back gives no tokens")
                    .isEmpty();
            harness.advance(AN_HOUR.plusMinutes(31));
            assertThat(jobs.claim(request(9)))
                    .as("by the old time the tokens come back")
                    .hasSizeBetween(1, 2);
        }
    }

    @Test
    default void attemptsThatEndBeforeTheyBeganAreKept() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(3, work()));
            List<ClaimedJob> claimed = jobs.claim(request(9));
            harness.advance(AN_HOUR.negated());

            complete(jobs, claimed.get(0));
            bury(jobs, claimed.get(1));
            fail(jobs, claimed.get(2).lease(), "no", Optional.of(Duration.ZERO));

            assertThat(ids)
                    .as("attempts end whatever the clock says")
                    .extracting(id -> job(jobs, id).state())
                    .containsExactly(JobState.COMPLETED, JobState.DEAD_LETTER, JobState.PENDING);
            assertThat(claimOne(jobs).job().id())
                    .as("what failed now is due now, by the new time")
                    .isEqualTo(ids.get(2));
            harness.advance(AN_HOUR.multipliedBy(2));
            assertThat(jobs.prune(JobState.COMPLETED, harness.now().plusSeconds(7200), 9))
                    .as("what has ended can be removed")
                    .isEqualTo(1);
        }
    }
}
