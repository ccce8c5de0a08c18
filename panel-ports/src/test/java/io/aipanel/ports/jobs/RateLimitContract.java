package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.rate;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a queue bounds what is started in a time: a token bucket. */
public interface RateLimitContract extends StoreContract {

    /** Two starts an hour: a token comes back every half hour. */
    QueueLimits TWO_AN_HOUR = rate(2, Duration.ofHours(1));

    /** A little more than the time in which a token of {@link #TWO_AN_HOUR} comes back. */
    Duration A_TOKEN = Duration.ofMinutes(31);

    @Test
    default void noMoreJobsStartAtOnceThanTheBucketHolds() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR);
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(5, work()));

            List<ClaimedJob> started = jobs.claim(request(9));

            assertThat(ids(started))
                    .as("no more start at once than the bucket holds")
                    .containsExactlyElementsOf(ids.subList(0, 2));
            started.forEach(claimed -> complete(jobs, claimed));
            assertThat(jobs.claim(request(9))).as("an end gives no token back").isEmpty();
        }
    }

    @Test
    default void tokensComeBackEvenly() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR);
            enqueueAll(jobs, Collections.nCopies(9, work()));
            jobs.claim(request(9)).forEach(claimed -> complete(jobs, claimed));

            harness.advance(Duration.ofMinutes(28));
            assertThat(jobs.claim(request(9))).as("no token has come").isEmpty();
            harness.advance(Duration.ofMinutes(3));
            ClaimedJob started = claimOne(jobs);
            assertThat(jobs.claim(request(9)))
                    .as("one token has come, and it was one")
                    .isEmpty();
            complete(jobs, started);
            harness.advance(Duration.ofMinutes(30));
            assertThat(jobs.claim(request(9))).as("the next one has come").hasSize(1);
        }
    }

    @Test
    default void afterARestTheBucketIsFullAndNotFuller() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR);
            enqueueAll(jobs, Collections.nCopies(9, work()));
            jobs.claim(request(9)).forEach(claimed -> complete(jobs, claimed));

            harness.advance(Duration.ofDays(3));

            assertThat(jobs.claim(request(9)))
                    .as("after a rest as many may start as the bucket holds, and no more")
                    .hasSize(2);
        }
    }

    @Test
    default void aClaimThatTakesLessLeavesTheOtherTokens() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, rate(3, Duration.ofHours(1)));
            assertThat(jobs.claim(request(9))).as("there is nothing yet").isEmpty();
            enqueueAll(jobs, Collections.nCopies(5, work()));

            assertThat(jobs.claim(request(1))).as("one token is taken").hasSize(1);
            assertThat(jobs.claim(request(9))).as("two tokens are left").hasSize(2);
            assertThat(jobs.claim(request(9))).as("none is left").isEmpty();
        }
    }

    @Test
    default void aNewAttemptOfADeadWorkersJobIsNoFurtherStart() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR);
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(4, work()));
            jobs.claim(request(9));
            harness.advance(PAST_THE_LEASE);

            assertThat(ids(jobs.claim(request(9))))
                    .as("jobs whose leases have ended are not held up by the rate")
                    .containsExactlyElementsOf(ids.subList(0, 2));
            harness.advance(A_TOKEN.minus(PAST_THE_LEASE));
            assertThat(ids(jobs.claim(request(9))))
                    .as("their new attempts took no token")
                    .contains(ids.get(2))
                    .doesNotContain(ids.get(3));
        }
    }

    @Test
    default void aRateHoldsForItsQueueOnly() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR);
            enqueueAll(jobs, Collections.nCopies(4, work().queue("other")));

            assertThat(jobs.claim(request("other", 9)))
                    .as("a rate holds for its queue only")
                    .hasSize(4);
        }
    }

    @Test
    default void settingTheSameRateAgainGivesNoTokens() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR);
            enqueueAll(jobs, Collections.nCopies(4, work()));
            jobs.claim(request(9));

            assertThat(harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR))
                    .as("the limits were the same")
                    .isFalse();
            assertThat(jobs.claim(request(9)))
                    .as("setting the same rate again gives no tokens")
                    .isEmpty();
        }
    }

    @Test
    default void aRateThatIsTakenAwayHoldsNothingBack() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, TWO_AN_HOUR);
            enqueueAll(jobs, Collections.nCopies(5, work()));
            jobs.claim(request(9));

            harness.storage().queues().limit(QueueName.DEFAULT, QueueLimits.DEFAULT);

            assertThat(jobs.claim(request(9)))
                    .as("a rate that is taken away holds nothing back")
                    .hasSize(3);
        }
    }

    @Test
    default void theSmallestOfSeveralLimitsDecides() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            QueueLimits both = new QueueLimits(Optional.of(2), 1, Optional.of(new RateLimit(3, Duration.ofHours(1))));
            harness.storage().queues().limit(QueueName.DEFAULT, both);
            enqueueAll(jobs, Collections.nCopies(6, work()));

            List<ClaimedJob> running = jobs.claim(request(9));
            assertThat(running).as("no more run at once than allowed").hasSize(2);
            running.forEach(claimed -> complete(jobs, claimed));
            assertThat(jobs.claim(request(9)))
                    .as("places that were not free took no tokens")
                    .hasSize(1);
        }
    }

    @Test
    default void claimersOfTwoOpeningsShareOneBucket() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, rate(7, Duration.ofDays(1)));
            enqueueAll(jobs, Collections.nCopies(30, work()));

            List<Integer> started = Race.answers(Race.of(4, i -> () -> {
                JobQueueRepository mine = i % 2 == 0 ? jobs : other.jobs();
                int taken = 0;
                for (int round = 0; round < 5; round++) {
                    taken += mine.claim(request(2)).size();
                }
                return taken;
            }));

            assertThat(started.stream().mapToInt(Integer::intValue).sum())
                    .as("claimers of two openings share one bucket")
                    .isEqualTo(7);
        }
    }
}
