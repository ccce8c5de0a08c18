package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a unique key keeps out, and until when. */
public interface UniqueKeyContract extends StoreContract {

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

    @Test
    default void aUniqueKeyIsFreeAgainWhenItsJobWasCancelled() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId pending = enqueue(jobs, work().uniqueKey("key"));
            jobs.cancel(pending);

            assertThat(enqueue(jobs, work().uniqueKey("key")))
                    .as("a cancelled job has given its key back")
                    .isGreaterThan(pending);
        }
    }

    @Test
    default void aJobThatWasAskedToStopHasItsKeyUntilItDoes() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().uniqueKey("key"));
            ClaimedJob claimed = claimOne(jobs);
            jobs.cancel(id);

            assertThat(jobs.enqueue(List.of(work().uniqueKey("key"))))
                    .as("a running job has its key, also when it is to stop")
                    .containsExactly(new Enqueued(id, false));
            release(jobs, claimed.lease());
            assertThat(enqueue(jobs, work().uniqueKey("key")))
                    .as("a cancelled job has given its key back")
                    .isGreaterThan(id);
        }
    }

    @Test
    default void ofManyWithOneUniqueKeyOneIsAddedOverTwoOpenings() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            for (int round = 0; round < 5; round++) {
                NewJob job = work().uniqueKey("key " + round);

                List<Enqueued> answers = Race.answers(Race.of(
                        6,
                        i -> () -> (i % 2 == 0 ? harness.storage() : other)
                                .jobs()
                                .enqueue(List.of(job))
                                .get(0)));

                assertThat(answers)
                        .as("a unique key is unique over two openings")
                        .filteredOn(Enqueued::isNew)
                        .hasSize(1);
                assertThat(answers.stream().map(Enqueued::id).distinct())
                        .as("everybody is told the same job")
                        .hasSize(1);
            }
        }
    }
}
