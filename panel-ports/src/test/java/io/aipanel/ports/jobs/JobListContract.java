package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How jobs are listed and counted, whatever became of them. */
public interface JobListContract extends StoreContract {

    private static List<JobId> ids(
            JobQueueRepository jobs, Optional<String> queue, Optional<String> type, Optional<JobState> state) {
        JobFilter filter = new JobFilter(queue.map(QueueName::new), type.map(JobType::new), state, Optional.empty());
        return Paging.all(2, page -> jobs.jobs(filter, page)).stream()
                .map(Job::id)
                .toList();
    }

    /** A dead letter, a completed, a running, a delayed and a pending job, in the order of their ids. */
    private static List<JobId> oneOfEach(JobQueueRepository jobs) {
        List<JobId> ids = new ArrayList<>();
        ids.add(enqueue(jobs, work()));
        fail(jobs, claimOne(jobs).lease(), "no", Optional.empty());
        ids.add(enqueue(jobs, work()));
        complete(jobs, claimOne(jobs).lease(), Optional.empty());
        ids.add(enqueue(jobs, work()));
        claimOne(jobs);
        ids.add(enqueue(jobs, work()));
        fail(jobs, claimOne(jobs).lease(), "no", Optional.of(Duration.ofDays(1)));
        ids.add(enqueue(jobs, work()));
        return ids;
    }

    @Test
    default void anUnknownJobIsAbsent() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();

            assertThat(jobs.job(new JobId(1))).as("absence is empty").isEmpty();
            assertThat(jobs.job(new JobId(Long.MAX_VALUE)))
                    .as("absence is empty")
                    .isEmpty();
            assertThat(jobs.jobs(JobFilter.ALL, PageRequest.first(1)).items())
                    .as("there are no jobs")
                    .isEmpty();
        }
    }

    @Test
    default void theNewestJobComesFirstWhateverBecameOfIt() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = oneOfEach(jobs);
            Collections.reverse(ids);
            List<Job> expected =
                    ids.stream().map(id -> jobs.job(id).orElseThrow()).toList();

            // Finished and unfinished jobs may be kept apart: every page must merge them.
            Paging.assertPages(expected, page -> jobs.jobs(JobFilter.ALL, page));
        }
    }

    @Test
    default void jobsAreFilteredByState() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = oneOfEach(jobs);

            assertThat(ids(jobs, Optional.empty(), Optional.empty(), Optional.of(JobState.DEAD_LETTER)))
                    .as("dead letters")
                    .containsExactly(ids.get(0));
            assertThat(ids(jobs, Optional.empty(), Optional.empty(), Optional.of(JobState.COMPLETED)))
                    .as("completed jobs")
                    .containsExactly(ids.get(1));
            assertThat(ids(jobs, Optional.empty(), Optional.empty(), Optional.of(JobState.RUNNING)))
                    .as("running jobs")
                    .containsExactly(ids.get(2));
            assertThat(ids(jobs, Optional.empty(), Optional.empty(), Optional.of(JobState.PENDING)))
                    .as("pending jobs, due or not")
                    .containsExactly(ids.get(4), ids.get(3));
            assertThat(ids(jobs, Optional.empty(), Optional.empty(), Optional.of(JobState.CANCELLED)))
                    .as("cancelled jobs")
                    .isEmpty();
        }
    }

    @Test
    default void jobsAreFilteredByQueueAndType() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId a = enqueue(jobs, NewJob.of("mail").queue("one"));
            JobId b = enqueue(jobs, NewJob.of("mail").queue("two"));
            JobId c = enqueue(jobs, NewJob.of("backup").queue("one"));
            enqueue(jobs, NewJob.of("Mail").queue("One"));

            assertThat(ids(jobs, Optional.of("one"), Optional.empty(), Optional.empty()))
                    .as("one queue")
                    .containsExactly(c, a);
            assertThat(ids(jobs, Optional.empty(), Optional.of("mail"), Optional.empty()))
                    .as("one type")
                    .containsExactly(b, a);
            assertThat(ids(jobs, Optional.of("one"), Optional.of("mail"), Optional.empty()))
                    .as("both")
                    .containsExactly(a);
            assertThat(ids(jobs, Optional.of("one"), Optional.of("mail"), Optional.of(JobState.RUNNING)))
                    .as("all three")
                    .isEmpty();
            assertThat(ids(jobs, Optional.of("three"), Optional.empty(), Optional.empty()))
                    .as("no such queue")
                    .isEmpty();
        }
    }

    @Test
    default void jobsThatArriveOrEndBetweenPagesNeitherRepeatNorLoseOthers() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ids.add(enqueue(jobs, work().priority(-i)));
            }
            Page<Job> first = jobs.jobs(JobFilter.ALL, PageRequest.first(2));

            enqueue(jobs, work().priority(-9));
            jobs.claim(request(4)).forEach(claimed -> complete(jobs, claimed.lease(), Optional.empty()));
            Page<Job> second = jobs.jobs(JobFilter.ALL, Paging.next(first, 2).orElseThrow());

            assertThat(second.items())
                    .as("changes between pages neither repeat nor lose others")
                    .extracting(Job::id)
                    .containsExactly(ids.get(1), ids.get(0));
        }
    }

    @Test
    default void aCursorOfAnotherListOfJobsIsRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            PageRequest page = PageRequest.first(1);

            Refusal.cursor(() -> jobs.jobs(JobFilter.ALL, page.after(Cursor.of("anna@example.com"))));
            Refusal.cursor(() -> jobs.jobs(JobFilter.ALL, page.after(Cursor.of("17", "18"))));
            Refusal.cursor(() -> jobs.jobs(JobFilter.ALL, page.after(Cursor.of("9223372036854775808"))));
        }
    }

    @Test
    default void everyStateOfEveryQueueIsCounted() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            oneOfEach(jobs);

            assertThat(jobs.counts())
                    .as("every state is counted")
                    .containsExactly(new QueueCounts(
                            QueueName.DEFAULT,
                            Map.of(
                                    JobState.PENDING, 2L,
                                    JobState.RUNNING, 1L,
                                    JobState.COMPLETED, 1L,
                                    JobState.DEAD_LETTER, 1L,
                                    JobState.CANCELLED, 0L)));
        }
    }

    @Test
    default void countsComeInCodePointOrderOfTheQueue() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Stream.of("b", "a_b", "B", "a-b", "ab", "a.b", "a", "0")
                    .forEach(queue -> enqueue(jobs, work().queue(queue)));

            assertThat(jobs.counts())
                    .as("counts come in code point order of the queue")
                    .extracting(each -> each.queue().value())
                    .containsExactly("0", "B", "a", "a-b", "a.b", "a_b", "ab", "b");
        }
    }

    @Test
    default void jobsAreFilteredByUniqueKey() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                ids.add(enqueue(jobs, work().uniqueKey("key")));
                complete(jobs, claimOne(jobs));
            }
            ids.add(enqueue(jobs, work().queue("other").uniqueKey("key")));
            enqueueAll(jobs, List.of(work().uniqueKey("Key"), work()));
            ids.add(enqueue(jobs, work().uniqueKey("key")));
            JobFilter filter = JobFilter.ALL.uniqueKey("key");

            assertThat(Paging.all(2, page -> jobs.jobs(filter, page)))
                    .as("one unique key, whatever became of its jobs")
                    .extracting(Job::id)
                    .containsExactly(ids.get(3), ids.get(2), ids.get(1), ids.get(0));
            assertThat(jobs.jobs(filter.state(JobState.COMPLETED).queue(QueueName.DEFAULT), PageRequest.first(9))
                            .items())
                    .as("and all the rest of the filter")
                    .extracting(Job::id)
                    .containsExactly(ids.get(1), ids.get(0));
        }
    }

    @Test
    default void whatWaitsIsCountedByQueueAndType() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            assertThat(jobs.pendingTypes()).as("nothing waits").isEmpty();
            oneOfEach(jobs);
            enqueueAll(
                    jobs,
                    List.of(
                            NewJob.of("a.b").queue("B"),
                            NewJob.of("a-b").queue("B").priority(5),
                            NewJob.of("Z").queue("b"),
                            NewJob.of("a-b").queue("B").delay(Duration.ofDays(1)),
                            NewJob.of("a_b").queue("B")));
            harness.storage().queues().pause(new QueueName("B"));

            assertThat(jobs.pendingTypes())
                    .as("what waits is counted by queue, then type, in code point order, due or not")
                    .containsExactly(
                            new PendingType(new QueueName("B"), new JobType("a-b"), 2),
                            new PendingType(new QueueName("B"), new JobType("a.b"), 1),
                            new PendingType(new QueueName("B"), new JobType("a_b"), 1),
                            new PendingType(new QueueName("b"), new JobType("Z"), 1),
                            new PendingType(QueueName.DEFAULT, WORK, 2));
        }
    }
}
