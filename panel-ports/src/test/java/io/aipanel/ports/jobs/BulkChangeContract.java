package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many jobs are cancelled or tried again at once, a part at a time. */
public interface BulkChangeContract extends StoreContract {

    /** One part of a change, after a job. */
    @FunctionalInterface
    interface Part {
        /** Does it. */
        BulkChange after(Optional<JobId> last, int max);
    }

    /** Makes a change part by part until no job is left, and sums the parts up. */
    private static BulkChange all(int max, Part part) {
        int changed = 0;
        int skipped = 0;
        Optional<JobId> last = Optional.empty();
        Optional<JobId> before;
        do {
            before = last;
            BulkChange done = part.after(last, max);
            assertThat(done.changed() + done.skipped())
                    .as("no more jobs than asked for are looked at")
                    .isLessThanOrEqualTo(max);
            changed += done.changed();
            skipped += done.skipped();
            last = done.last();
            assertThat(last.isEmpty() || before.isEmpty() || last.get().compareTo(before.get()) > 0)
                    .as("each part goes on after the one before")
                    .isTrue();
        } while (last.isPresent());
        return new BulkChange(changed, skipped, before);
    }

    private static List<JobId> inState(JobQueueRepository jobs, JobState state) {
        return Paging.all(100, page -> jobs.jobs(JobFilter.ALL.state(state), page)).stream()
                .map(Job::id)
                .sorted()
                .toList();
    }

    private static List<JobId> dead(JobQueueRepository jobs, List<NewJob> wanted) {
        List<JobId> ids = enqueueAll(jobs, wanted);
        wanted.stream()
                .map(NewJob::queue)
                .distinct()
                .forEach(queue -> wanted.stream()
                        .map(NewJob::type)
                        .distinct()
                        .forEach(type -> jobs.claim(new ClaimRequest(queue, Set.of(type), 100, LEASE, "worker"))
                                .forEach(claimed -> bury(jobs, claimed))));
        return ids;
    }

    @Test
    default void everyPendingAndRunningJobIsCancelledOnce() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(11, work()));
            List<ClaimedJob> claimed = jobs.claim(request(5));
            complete(jobs, claimed.get(0));
            bury(jobs, claimed.get(1));

            BulkChange done = all(4, (last, max) -> jobs.cancel(JobFilter.ALL, last, max));

            assertThat(done.changed())
                    .as("every pending and running job is cancelled, each once")
                    .isEqualTo(9);
            assertThat(done.skipped()).as("none is skipped").isZero();
            assertThat(inState(jobs, JobState.CANCELLED))
                    .as("pending jobs are cancelled at once")
                    .containsExactlyElementsOf(ids.subList(5, 11));
            assertThat(jobs.extend(claimed.stream().map(ClaimedJob::lease).toList(), LEASE))
                    .as("running jobs are asked to stop, and ended ones are left alone")
                    .containsExactly(
                            LeaseState.LOST,
                            LeaseState.LOST,
                            LeaseState.CANCEL_REQUESTED,
                            LeaseState.CANCEL_REQUESTED,
                            LeaseState.CANCEL_REQUESTED);
            assertThat(jobs.cancel(JobFilter.ALL, Optional.empty(), 99))
                    .as("what is being cancelled is not cancelled again")
                    .isEqualTo(new BulkChange(0, 0, Optional.empty()));
        }
    }

    @Test
    default void theLowestIdsComeFirst() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(
                    jobs,
                    IntStream.range(0, 6).mapToObj(i -> work().priority(i)).toList());

            BulkChange cancelled = jobs.cancel(JobFilter.ALL, Optional.empty(), 2);
            assertThat(cancelled)
                    .as("the lowest ids come first")
                    .isEqualTo(new BulkChange(2, 0, Optional.of(ids.get(1))));
            assertThat(inState(jobs, JobState.CANCELLED))
                    .as("the lowest ids come first")
                    .containsExactlyElementsOf(ids.subList(0, 2));
            jobs.cancel(JobFilter.ALL, Optional.of(ids.get(2)), 2);
            assertThat(inState(jobs, JobState.CANCELLED))
                    .as("only jobs after the given one are looked at")
                    .containsExactly(ids.get(0), ids.get(1), ids.get(3), ids.get(4));
            assertThat(jobs.retry(JobFilter.ALL.state(JobState.CANCELLED), Optional.of(ids.get(0)), 2))
                    .as("the lowest ids come first, after the given one")
                    .isEqualTo(new BulkChange(2, 0, Optional.of(ids.get(3))));
            assertThat(inState(jobs, JobState.CANCELLED))
                    .as("the others stay cancelled")
                    .containsExactly(ids.get(0), ids.get(4));
        }
    }

    @Test
    default void onlyWhatMatchesIsCancelled() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(
                    jobs,
                    List.of(
                            work(),
                            work().queue("other"),
                            NewJob.of("mail"),
                            work().uniqueKey("key"),
                            work().queue("other").uniqueKey("key"),
                            NewJob.of("mail").queue("other")));
            claimOne(jobs, ids.get(0));
            List<JobFilter> filters = List.of(
                    JobFilter.ALL.queue(QueueName.DEFAULT).type(WORK).state(JobState.RUNNING),
                    JobFilter.ALL.uniqueKey("key").queue(QueueName.DEFAULT),
                    JobFilter.ALL.type(new JobType("mail")).state(JobState.PENDING),
                    JobFilter.ALL.queue(new QueueName("other")));
            List<List<JobId>> expected = List.of(
                    List.of(),
                    List.of(ids.get(3)),
                    List.of(ids.get(2), ids.get(3), ids.get(5)),
                    List.of(ids.get(1), ids.get(2), ids.get(3), ids.get(4), ids.get(5)));

            for (int i = 0; i < filters.size(); i++) {
                JobFilter filter = filters.get(i);
                all(3, (last, max) -> jobs.cancel(filter, last, max));
                assertThat(inState(jobs, JobState.CANCELLED))
                        .as("only what matches is cancelled: filter %d", i)
                        .containsExactlyElementsOf(expected.get(i));
            }
            assertThat(job(jobs, ids.get(0)).cancelRequested())
                    .as("the running one was asked to stop")
                    .isTrue();
        }
    }

    private static void claimOne(JobQueueRepository jobs, JobId expected) {
        assertThat(ids(jobs.claim(request(1)))).as("the first one runs").containsExactly(expected);
    }

    @Test
    default void everyDeadLetterIsTriedAgainOnce() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = dead(jobs, Collections.nCopies(7, work()));
            JobId cancelled = enqueue(jobs, work());
            jobs.cancel(cancelled);

            BulkChange done = all(3, (last, max) -> jobs.retry(JobFilter.ALL, last, max));

            assertThat(done.changed())
                    .as("every dead letter is tried again, each once")
                    .isEqualTo(7);
            assertThat(inState(jobs, JobState.PENDING))
                    .as("dead letters are tried again, and cancelled jobs only if the filter asks for them")
                    .containsExactlyElementsOf(ids);
            assertThat(jobs.claim(request(99)))
                    .as("each can run at once, under its old id, and its attempts go on")
                    .hasSize(7)
                    .allMatch(claimed ->
                            claimed.job().attempt() == 2 && claimed.job().countingAttempt() == 1);
            assertThat(all(3, (last, max) -> jobs.retry(JobFilter.ALL.state(JobState.CANCELLED), last, max))
                            .changed())
                    .as("cancelled jobs are tried again if the filter asks for them")
                    .isEqualTo(1);
        }
    }

    @Test
    default void onlyWhatMatchesIsTriedAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = dead(
                    jobs,
                    List.of(
                            work(),
                            work().queue("other"),
                            NewJob.of("mail"),
                            work().uniqueKey("key"),
                            NewJob.of("mail").queue("other").uniqueKey("key")));
            List<JobFilter> filters = List.of(
                    JobFilter.ALL.uniqueKey("key").type(WORK),
                    JobFilter.ALL.queue(new QueueName("other")).state(JobState.DEAD_LETTER),
                    JobFilter.ALL.type(new JobType("mail")));
            List<List<JobId>> expected = List.of(
                    List.of(ids.get(3)),
                    List.of(ids.get(1), ids.get(3), ids.get(4)),
                    List.of(ids.get(1), ids.get(2), ids.get(3), ids.get(4)));

            for (int i = 0; i < filters.size(); i++) {
                JobFilter filter = filters.get(i);
                all(2, (last, max) -> jobs.retry(filter, last, max));
                assertThat(inState(jobs, JobState.PENDING))
                        .as("only what matches is tried again: filter %d", i)
                        .containsExactlyElementsOf(expected.get(i));
            }
        }
    }

    @Test
    default void statesThatCannotBeChangedMatchNothing() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, List.of(work(), work(), work()));
            complete(jobs, jobs.claim(request(1)).get(0));
            jobs.claim(request(1));

            for (JobState state : List.of(JobState.COMPLETED, JobState.DEAD_LETTER, JobState.CANCELLED)) {
                assertThat(jobs.cancel(JobFilter.ALL.state(state), Optional.empty(), 9))
                        .as("what has ended cannot be cancelled: %s", state)
                        .isEqualTo(new BulkChange(0, 0, Optional.empty()));
            }
            for (JobState state : List.of(JobState.PENDING, JobState.RUNNING, JobState.COMPLETED)) {
                assertThat(jobs.retry(JobFilter.ALL.state(state), Optional.empty(), 9))
                        .as("only dead letters and cancelled jobs can be tried again: %s", state)
                        .isEqualTo(new BulkChange(0, 0, Optional.empty()));
            }
            assertThat(jobs.counts().get(0).jobs())
                    .as("nothing was changed")
                    .containsEntry(JobState.COMPLETED, 1L)
                    .containsEntry(JobState.RUNNING, 1L)
                    .containsEntry(JobState.PENDING, 1L);
        }
    }

    @Test
    default void whoseKeyAnotherHasIsSkippedAndCounted() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = new ArrayList<>();
            for (String key : List.of("taken", "twice", "free", "twice")) {
                ids.addAll(dead(jobs, List.of(work().uniqueKey(key))));
            }
            enqueue(jobs, work().uniqueKey("taken"));

            BulkChange done = all(3, (last, max) -> jobs.retry(JobFilter.ALL, last, max));

            assertThat(done.changed()).as("two can be tried again").isEqualTo(2);
            assertThat(done.skipped())
                    .as("whose key another has is skipped, also if that one was tried again just now")
                    .isEqualTo(2);
            assertThat(inState(jobs, JobState.DEAD_LETTER))
                    .as("what was skipped stays")
                    .containsExactly(ids.get(0), ids.get(3));
        }
    }

    @Test
    default void aBulkCancellationGivesKeysBack() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(
                    jobs,
                    List.of(
                            work().uniqueKey("key").concurrencyKey("a"),
                            work().concurrencyKey("a"),
                            work().concurrencyKey("a").queue("other")));
            ClaimedJob running = jobs.claim(request(9)).get(0);
            assertThat(jobs.claim(request(9))).as("the other waits for its key").isEmpty();

            jobs.cancel(JobFilter.ALL.queue(QueueName.DEFAULT), Optional.empty(), 9);
            complete(jobs, running);

            assertThat(inState(jobs, JobState.CANCELLED))
                    .as("what waits for a key is cancelled like others")
                    .containsExactly(ids.get(1));
            JobId next = enqueue(jobs, work().uniqueKey("key").concurrencyKey("a"));
            assertThat(ids(jobs.claim(request(9)))).as("both keys are free").containsExactly(next);
        }
    }

    @Test
    default void lookingAtNothingIsRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());

            for (int max : new int[] {0, -1}) {
                Refusal.of(
                        IllegalArgumentException.class,
                        "at least one job is looked at",
                        () -> jobs.cancel(JobFilter.ALL, Optional.empty(), max));
                Refusal.of(
                        IllegalArgumentException.class,
                        "at least one job is looked at",
                        () -> jobs.retry(JobFilter.ALL, Optional.empty(), max));
            }
            assertThat(inState(jobs, JobState.PENDING))
                    .as("a refusal changes nothing")
                    .hasSize(1);
        }
    }
}
