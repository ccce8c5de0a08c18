package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a job keeps its unique key for a period, whether it has ended by then or not. */
public interface UniquePeriodContract extends StoreContract {

    /** For how long the sample job keeps its key. */
    Duration PERIOD = Duration.ofHours(1);

    private static NewJob kept() {
        return work().uniqueKey("key", PERIOD);
    }

    private static void assertTaken(JobQueueRepository jobs, NewJob job, JobId by, String rule) {
        assertThat(jobs.enqueue(List.of(job))).as(rule).containsExactly(new Enqueued(by, false));
    }

    @Test
    default void aKeptKeyOutlivesItsJobUntilThePeriodIsOver() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId first = enqueue(jobs, kept());
            complete(jobs, claimOne(jobs));

            assertTaken(jobs, kept(), first, "a kept key outlives its job");
            harness.advance(PERIOD.minusMinutes(1));
            assertTaken(jobs, kept(), first, "a key is kept until its period is over");
            harness.advance(Duration.ofMinutes(2));
            assertThat(jobs.enqueue(List.of(kept())))
                    .as("a key is free when its period is over")
                    .allMatch(Enqueued::isNew);
        }
    }

    @Test
    default void aKeyIsKeptHoweverItsJobEnded() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            NewJob dead = work().uniqueKey("dead", PERIOD);
            JobId deadId = enqueue(jobs, dead);
            bury(jobs, claimOne(jobs));
            NewJob cancelled = work().uniqueKey("cancelled", PERIOD);
            JobId cancelledId = enqueue(jobs, cancelled);
            jobs.cancel(cancelledId);

            assertTaken(jobs, dead, deadId, "a dead letter keeps its key for the period");
            assertTaken(jobs, cancelled, cancelledId, "a cancelled job keeps its key for the period");
        }
    }

    @Test
    default void thePeriodBeginsWhenTheJobIsEnqueued() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId first = enqueue(jobs, kept());
            harness.advance(PERIOD.plusMinutes(1));
            assertTaken(jobs, kept(), first, "a pending job has its key, however long that takes");

            complete(jobs, claimOne(jobs));

            assertThat(enqueue(jobs, kept()))
                    .as("the period begins when the job is enqueued, not when it ends")
                    .isGreaterThan(first);
        }
    }

    @Test
    default void aKeptKeyKeepsOutThoseThatWouldNotKeepIt() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId first = enqueue(jobs, kept());
            complete(jobs, claimOne(jobs));

            assertTaken(jobs, work().uniqueKey("key"), first, "a kept key is taken for everybody");
        }
    }

    @Test
    default void aJobThatDoesNotKeepItsKeyMakesWayForOneThatDoes() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().uniqueKey("key"));
            complete(jobs, claimOne(jobs));
            JobId second = enqueue(jobs, kept());
            complete(jobs, claimOne(jobs));

            assertTaken(jobs, work().uniqueKey("key"), second, "the answer names the job that keeps the key");
        }
    }

    @Test
    default void aPeriodThatIsOverMakesWayForAnother() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            for (int round = 0; round < 3; round++) {
                JobId id = enqueue(jobs, kept());
                complete(jobs, claimOne(jobs));
                assertTaken(jobs, kept(), id, "each job keeps the key for a period of its own");
                harness.advance(PERIOD.plusMinutes(1));
            }
        }
    }

    @Test
    default void aPeriodOfNothingKeepsNothing() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId first = enqueue(jobs, work().uniqueKey("key", Duration.ZERO));
            assertTaken(jobs, work().uniqueKey("key", Duration.ZERO), first, "a pending job has its key");
            complete(jobs, claimOne(jobs));

            assertThat(enqueue(jobs, work().uniqueKey("key")))
                    .as("a period of nothing keeps nothing")
                    .isGreaterThan(first);
        }
    }

    @Test
    default void aKeptKeyBelongsToItsQueueAndType() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, kept());
            complete(jobs, claimOne(jobs));

            List<Enqueued> others = jobs.enqueue(List.of(
                    kept().queue("other"),
                    NewJob.of("other").uniqueKey("key", PERIOD),
                    work().uniqueKey("KEY", PERIOD)));

            assertThat(others)
                    .as("a kept key belongs to its queue and type, and is compared to the letter")
                    .allMatch(Enqueued::isNew);
        }
    }

    @Test
    default void aKeptKeyCountsWithinOneCallToo() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();

            List<Enqueued> answers =
                    jobs.enqueue(List.of(kept(), work().uniqueKey("key"), work().uniqueKey("free", PERIOD), kept()));

            assertThat(answers)
                    .as("an earlier job of the same call has the key")
                    .extracting(Enqueued::isNew)
                    .containsExactly(true, false, true, false);
            assertThat(List.of(answers.get(1).id(), answers.get(3).id()))
                    .as("the answer names it")
                    .containsOnly(answers.get(0).id());
        }
    }

    @Test
    default void aKeyIsKeptEvenIfItsJobIsRemoved() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId first = enqueue(jobs, kept());
            complete(jobs, claimOne(jobs));
            jobs.prune(JobState.COMPLETED, harness.now().plusSeconds(60), 9);

            assertTaken(jobs, kept(), first, "a key is kept until its period is over");
            harness.advance(PERIOD.plusMinutes(1));
            assertThat(enqueue(jobs, kept()))
                    .as("a key is free when its period is over")
                    .isGreaterThan(first);
        }
    }

    @Test
    default void pruningLeavesKeysThatAreStillKept() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().uniqueKey("short", Duration.ofMinutes(1)));
            JobId longer = enqueue(jobs, work().uniqueKey("long", PERIOD));
            jobs.claim(request(2)).forEach(claimed -> complete(jobs, claimed));
            harness.advance(Duration.ofMinutes(30));
            jobs.prune(JobState.DEAD_LETTER, harness.now().plusSeconds(60), 9);

            assertTaken(jobs, work().uniqueKey("long"), longer, "a key is kept until its period is over");
            enqueue(jobs, work().uniqueKey("short"));
        }
    }

    @Test
    default void ofManyThatWouldKeepOneKeyOneIsAddedOverTwoOpenings() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId old = enqueue(jobs, kept());
            complete(jobs, claimOne(jobs));
            harness.advance(PERIOD.plusMinutes(1));

            List<Enqueued> answers = Race.answers(Race.of(
                    6,
                    i -> () -> (i % 2 == 0 ? harness.storage() : other)
                            .jobs()
                            .enqueue(List.of(kept()))
                            .get(0)));

            assertThat(answers)
                    .as("a kept key is unique under a race")
                    .filteredOn(Enqueued::isNew)
                    .hasSize(1);
            assertThat(answers.stream().map(Enqueued::id).distinct())
                    .as("everybody is told the same job, and not the one before")
                    .hasSize(1)
                    .doesNotContain(old);
        }
    }
}
