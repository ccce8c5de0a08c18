package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.untried;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How jobs come into the queue. */
public interface EnqueueContract extends StoreContract {

    @Test
    default void everyPartOfAJobIsKept() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Instant runAt = harness.now().plusSeconds(3600).truncatedTo(ChronoUnit.MICROS);
            RetryPolicy retry = new RetryPolicy(7, Duration.ofMillis(1500), Duration.ofDays(7));
            NewJob wanted = work().queue("Queue.1_a-b")
                    .payload("{ \"b\":1,\"a\" : 1.0, \"a\":null }\n")
                    .priority(-1000)
                    .runAt(runAt)
                    .uniqueKey("key", Duration.ofMinutes(7))
                    .concurrencyKey("site 1")
                    .retry(retry);

            JobId id = enqueue(jobs, wanted);

            Job job = job(jobs, id);
            assertThat(job)
                    .as("every part is kept, JSON to the letter")
                    .isEqualTo(untried(id, wanted, job.createdAt(), runAt));
            assertThat(job.createdAt())
                    .as("jobs are created by the store's clock")
                    .isCloseTo(harness.now(), within(1, ChronoUnit.MINUTES));
        }
    }

    @Test
    default void aJobWithoutATimeCanRunAtOnce() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());

            assertThat(job(jobs, id).runAt())
                    .as("the time is now")
                    .isEqualTo(job(jobs, id).createdAt());
            assertThat(claimOne(jobs).job().id()).as("it can run at once").isEqualTo(id);
        }
    }

    @Test
    default void idsGrowInTheGivenOrder() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<Enqueued> first = jobs.enqueue(List.of(work().priority(1), work().priority(3), work().priority(2)));
            List<Enqueued> second = jobs.enqueue(List.of(work()));
            List<JobId> ids = new ArrayList<>(first.stream().map(Enqueued::id).toList());
            ids.add(second.get(0).id());

            assertThat(ids).as("ids grow in the given order").isSorted().doesNotHaveDuplicates();
            assertThat(job(jobs, ids.get(1)).priority())
                    .as("answers stand in the given order")
                    .isEqualTo(3);
        }
    }

    @Test
    default void enqueuingNothingChangesNothing() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();

            assertThat(jobs.enqueue(List.of())).as("nothing was added").isEmpty();
            assertThat(jobs.counts()).as("nothing was added").isEmpty();
        }
    }

    @Test
    default void tenThousandJobsAreOneEnqueue() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<NewJob> wanted = IntStream.range(0, 10_000)
                    .mapToObj(i -> work().payload("{\"i\":" + i + "}").priority(i % 7))
                    .toList();

            List<Enqueued> added = jobs.enqueue(wanted);

            assertThat(added).as("one answer per job").hasSize(10_000).allMatch(Enqueued::isNew);
            assertThat(added).as("ids grow in the given order").isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
            assertThat(job(jobs, added.get(9_999).id()).payload())
                    .as("answers stand in the given order")
                    .isEqualTo(wanted.get(9_999).payload());
            assertThat(jobs.counts().get(0).jobs()).as("all were added").containsEntry(JobState.PENDING, 10_000L);
        }
    }

    @Test
    default void moreThanAHundredThousandJobsAreRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();

            Refusal.of(
                    IllegalArgumentException.class,
                    "an enqueue holds at most 100 000 jobs",
                    () -> jobs.enqueue(Collections.nCopies(100_001, work())));
            assertThat(jobs.counts()).as("a refusal adds nothing").isEmpty();
        }
    }

    @Test
    default void aListWithAHoleAddsNoneOfItsJobs() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            NewJob[] wanted = new NewJob[3];
            Arrays.fill(wanted, 0, 2, work());

            Refusal.of(
                    NullPointerException.class, "a hole is a caller's bug", () -> jobs.enqueue(Arrays.asList(wanted)));
            assertThat(jobs.counts()).as("jobs are added all or none").isEmpty();
        }
    }

    @Test
    default void aDelayBeginsWhenTheJobIsEnqueued() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Duration delay = Duration.ofMinutes(10).plusNanos(1000);
            List<JobId> ids = enqueueAll(
                    jobs,
                    List.of(work().delay(delay), work().delay(Duration.ZERO), work().delay(Duration.ofDays(365))));

            assertThat(ids)
                    .as("a delay begins when the job is enqueued, by the store's clock, to the microsecond")
                    .extracting(id -> Duration.between(
                            job(jobs, id).createdAt(), job(jobs, id).runAt()))
                    .containsExactly(delay, Duration.ZERO, Duration.ofDays(365));
            ClaimedJob first = claimOne(jobs);
            assertThat(first.job().id()).as("no delay is none").isEqualTo(ids.get(1));
            complete(jobs, first);
            harness.advance(Duration.ofMinutes(11));
            assertThat(claimOne(jobs).job().id()).as("the delay is over").isEqualTo(ids.get(0));
        }
    }

    @Test
    default void aJobWithoutAPolicyLeavesItToItsHandler() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId own = enqueue(jobs, work().retry(RetryPolicy.NEVER));
            JobId none = enqueue(jobs, work());

            assertThat(job(jobs, own).retry()).as("a policy of its own is kept").contains(RetryPolicy.NEVER);
            assertThat(job(jobs, none).retry()).as("no policy stays none").isEmpty();
        }
    }
}
