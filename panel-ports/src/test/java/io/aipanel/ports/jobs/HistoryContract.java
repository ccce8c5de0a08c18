package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.finish;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What is kept of attempts that failed. */
public interface HistoryContract extends StoreContract {

    private static ClaimedJob claimAs(JobQueueRepository jobs, String worker) {
        List<ClaimedJob> claimed = jobs.claim(new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), 1, LEASE, worker));
        assertThat(claimed).as("one job can be taken").hasSize(1);
        return claimed.get(0);
    }

    @Test
    default void everyAttemptThatFailedIsKept() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            JobError first = new JobError("java.io.IOException", "no space", "at a\n\tat b");
            JobError second = new JobError("", "no luck", "");
            ClaimedJob one = claimAs(jobs, "one");
            finish(jobs, new JobEnd.Failed(one.lease(), first, Optional.of(Duration.ZERO)));
            ClaimedJob two = claimAs(jobs, "two");
            finish(jobs, new JobEnd.Failed(two.lease(), second, Optional.empty()));

            List<JobFailure> failures = jobs.failures(id);

            assertThat(failures)
                    .as("every attempt that failed is kept, the first one first")
                    .extracting(JobFailure::attempt, JobFailure::worker, JobFailure::error)
                    .containsExactly(Tuple.tuple(1, "one", first), Tuple.tuple(2, "two", second));
            assertThat(failures)
                    .as("it is kept when each began")
                    .extracting(JobFailure::startedAt)
                    .containsExactly(
                            one.job().startedAt().orElseThrow(),
                            two.job().startedAt().orElseThrow());
            assertThat(failures)
                    .as("and when it ended, not before it began")
                    .allSatisfy(failure -> assertThat(failure.endedAt())
                            .isAfterOrEqualTo(failure.startedAt())
                            .isCloseTo(harness.now(), within(1, ChronoUnit.MINUTES)));
            assertThat(job(jobs, id).lastError())
                    .as("the last error is the last one's summary")
                    .contains("no luck");
        }
    }

    @Test
    default void aLostWorkersAttemptIsKeptAsOne() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().retry(RetryPolicy.NEVER));
            for (int attempt = 1; attempt <= 3; attempt++) {
                assertThat(claimAs(jobs, "worker " + attempt).job().attempt())
                        .as("each claim counts an attempt")
                        .isEqualTo(attempt);
                harness.advance(PAST_THE_LEASE);
            }
            ClaimedJob last = claimAs(jobs, "last");

            assertThat(jobs.failures(id))
                    .as("an attempt whose lease has ended enters the history, and who made it")
                    .extracting(JobFailure::attempt, JobFailure::worker, JobFailure::error)
                    .containsExactly(
                            Tuple.tuple(1, "worker 1", JobError.LEASE_ENDED),
                            Tuple.tuple(2, "worker 2", JobError.LEASE_ENDED),
                            Tuple.tuple(3, "worker 3", JobError.LEASE_ENDED));
            assertThat(last.job().state())
                    .as("that its worker died does not make it a dead letter, however often")
                    .isEqualTo(JobState.RUNNING);
            assertThat(last.job().lastError())
                    .as("what the last failed attempt said")
                    .contains(JobError.LEASE_ENDED.summary());
            assertThat(jobs.job(id)).as("what was answered is what is stored").contains(last.job());
        }
    }

    @Test
    default void whatIsGivenBackOrEndsWellLeavesNoFailure() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            release(jobs, claimOne(jobs).lease());
            complete(jobs, claimOne(jobs));

            assertThat(jobs.failures(id)).as("none failed").isEmpty();
            assertThat(jobs.failures(new JobId(4711)))
                    .as("there is no such job")
                    .isEmpty();
        }
    }

    @Test
    default void theHistoryStaysWhateverBecomesOfTheJob() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(3, work()));
            jobs.claim(request(9)).forEach(claimed -> fail(jobs, claimed.lease(), "first", Optional.of(Duration.ZERO)));
            List<ClaimedJob> again = jobs.claim(request(9));
            complete(jobs, again.get(0));
            bury(jobs, again.get(1));
            jobs.cancel(again.get(2).job().id());
            release(jobs, again.get(2).lease());

            assertThat(ids)
                    .as("the history stays whatever becomes of the job")
                    .extracting(id -> jobs.failures(id).size())
                    .containsExactly(1, 2, 1);
            assertThat(job(jobs, ids.get(0)).lastError())
                    .as("also with a job that ended well")
                    .contains("first");
        }
    }

    @Test
    default void errorsAreKeptToTheLetterUpToTheirLimits() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            List<JobError> errors = new ArrayList<>();
            HostileTexts.IN_ORDER.forEach(text -> errors.add(new JobError(text, text, text)));
            String tooLong = "\u20AC".repeat(JobError.MAX_TEXT_BYTES);
            errors.add(new JobError(tooLong, tooLong, tooLong));
            errors.add(new JobError("", "", ""));

            for (JobError error : errors) {
                finish(jobs, new JobEnd.Failed(claimOne(jobs).lease(), error, Optional.of(Duration.ZERO)));
                assertThat(job(jobs, id).lastError())
                        .as("the last error is the summary of the last failure")
                        .contains(error.summary());
            }

            assertThat(jobs.failures(id))
                    .as("errors are kept to the letter, shortened to what a store holds")
                    .extracting(JobFailure::error)
                    .containsExactlyElementsOf(errors);
        }
    }

    @Test
    default void aFailureThatIsNotCountedLeavesNoTrace() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob stale = claimOne(jobs);
            harness.advance(PAST_THE_LEASE);
            claimOne(jobs);
            List<JobFailure> before = jobs.failures(id);

            assertThat(fail(jobs, stale.lease(), "stale", Optional.empty()))
                    .as("a stale lease is refused")
                    .isFalse();
            assertThat(jobs.failures(id))
                    .as("a stale failure changes no history")
                    .isEqualTo(before)
                    .hasSize(1);
        }
    }
}
