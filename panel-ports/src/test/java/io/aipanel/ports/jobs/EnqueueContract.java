package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.untried;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Race;
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
import java.util.Optional;
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
    default void aTakenUniqueKeyNamesTheJobThatHasIt() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId first = enqueue(jobs, work().uniqueKey("key").payload("1"));

            assertThat(jobs.enqueue(List.of(work().uniqueKey("key").payload("2"))))
                    .as("a taken unique key names the job that has it")
                    .containsExactly(new Enqueued(first, false));
            assertThat(job(jobs, first).payload().value())
                    .as("the first job stays as it was")
                    .isEqualTo("1");
            assertThat(jobs.jobs(JobFilter.ALL, PageRequest.first(9)).items())
                    .as("no job was added")
                    .hasSize(1);
        }
    }

    @Test
    default void aUniqueKeyCountsWithinOneCallToo() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId taken = enqueue(jobs, work().uniqueKey("taken"));

            List<Enqueued> answers = jobs.enqueue(List.of(
                    work().uniqueKey("key"), work(), work().uniqueKey("taken"), work().uniqueKey("key"), work()));

            assertThat(answers)
                    .as("one answer per job, in the given order")
                    .extracting(Enqueued::isNew)
                    .containsExactly(true, true, false, false, true);
            assertThat(answers.get(2).id()).as("the job that has the key").isEqualTo(taken);
            assertThat(answers.get(3).id())
                    .as("an earlier job of the same call has the key")
                    .isEqualTo(answers.get(0).id());
            assertThat(List.of(
                            answers.get(0).id(),
                            answers.get(1).id(),
                            answers.get(4).id()))
                    .as("ids of new jobs grow")
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    default void aUniqueKeyBelongsToItsQueueAndType() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work().uniqueKey("key"));
            enqueue(jobs, work().queue("other").uniqueKey("key"));
            enqueue(jobs, NewJob.of("other").uniqueKey("key"));
            enqueue(jobs, work());
            enqueue(jobs, work());
        }
    }

    @Test
    default void uniqueKeysAreComparedToTheLetter() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<NewJob> wanted = HostileTexts.IN_ORDER.stream()
                    .map(key -> work().uniqueKey(key))
                    .toList();

            List<Enqueued> added = jobs.enqueue(wanted);

            assertThat(added).as("keys are compared to the letter").allMatch(Enqueued::isNew);
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(job(jobs, added.get(i).id()).uniqueKey())
                        .as("text comes back to the letter")
                        .isEqualTo(wanted.get(i).uniqueKey());
            }
            assertThat(jobs.enqueue(wanted)).as("each key is taken now").noneMatch(Enqueued::isNew);
        }
    }

    @Test
    default void aUniqueKeyIsTakenWhileItsJobRunsOrWaitsToBeTriedAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().uniqueKey("key"));
            ClaimedJob claimed = claimOne(jobs);
            Enqueued taken = new Enqueued(id, false);

            assertThat(jobs.enqueue(List.of(work().uniqueKey("key"))))
                    .as("a running job has its key")
                    .containsExactly(taken);
            fail(jobs, claimed.lease(), "no", Optional.of(Duration.ofHours(1)));
            assertThat(jobs.enqueue(List.of(work().uniqueKey("key"))))
                    .as("so does one that waits")
                    .containsExactly(taken);
        }
    }

    @Test
    default void aUniqueKeyIsFreeAgainWhenItsJobHasEnded() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId first = enqueue(jobs, work().uniqueKey("key"));
            complete(jobs, claimOne(jobs).lease(), Optional.empty());
            JobId second = enqueue(jobs, work().uniqueKey("key"));
            fail(jobs, claimOne(jobs).lease(), "no", Optional.empty());
            JobId third = enqueue(jobs, work().uniqueKey("key"));

            assertThat(List.of(first, second, third))
                    .as("a unique key is free again when its job has ended")
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    default void ofManyWithOneUniqueKeyOneIsAdded() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();

            List<Enqueued> answers = Race.answers(Race.of(
                    8, i -> () -> jobs.enqueue(List.of(work().uniqueKey("key"))).get(0)));

            assertThat(answers)
                    .as("a unique key is unique under a race")
                    .filteredOn(Enqueued::isNew)
                    .hasSize(1);
            assertThat(answers.stream().map(Enqueued::id).distinct())
                    .as("everybody is told the same job")
                    .hasSize(1);
        }
    }

    @Test
    default void twoWhoWantTheSameKeysInOppositeOrderDoNotHoldEachOtherUp() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            for (int round = 0; round < 5; round++) {
                String prefix = round + "-";
                List<NewJob> upwards = IntStream.range(0, 50)
                        .mapToObj(i -> work().uniqueKey(prefix + i))
                        .toList();
                List<NewJob> downwards = new ArrayList<>(upwards);
                Collections.reverse(downwards);

                List<List<Enqueued>> answers =
                        Race.answers(Race.between(List.of(() -> jobs.enqueue(upwards), () -> jobs.enqueue(downwards))));

                assertThat(answers.stream().flatMap(List::stream).filter(Enqueued::isNew))
                        .as("each key is added once, whoever comes first")
                        .hasSize(50);
            }
        }
    }
}
