package io.aipanel.ports.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jobs and workers to test with, and what a worker does with a single job. */
public final class JobSamples {

    /** The type of sample jobs. */
    public static final JobType WORK = new JobType("work");

    /** How long sample workers hold a job. */
    public static final Duration LEASE = Duration.ofMinutes(5);

    /** A little more than {@link #LEASE}: nobody who was claimed before has a live lease after it. */
    public static final Duration PAST_THE_LEASE = LEASE.plusSeconds(5);

    private JobSamples() {}

    /** A job of the type {@link #WORK} that can run at once. */
    public static NewJob work() {
        return NewJob.of(WORK.value());
    }

    /** A schedule of a {@link #work} job at three in the night, due at a time. */
    public static Schedule schedule(String name, Instant due) {
        return new Schedule(
                new ScheduleName(name),
                "0 3 * * *",
                ZoneId.of("Europe/Berlin"),
                work(),
                Optional.of(due),
                Optional.empty(),
                Optional.empty());
    }

    /** Adds one job that must be new. */
    public static JobId enqueue(JobQueueRepository jobs, NewJob job) {
        List<Enqueued> answers = jobs.enqueue(List.of(job));
        assertThat(answers).as("one answer per job").hasSize(1);
        assertThat(answers.get(0).isNew()).as("the job is new").isTrue();
        return answers.get(0).id();
    }

    /** Adds many jobs that must all be new, in one call. */
    public static List<JobId> enqueueAll(JobQueueRepository jobs, List<NewJob> wanted) {
        List<Enqueued> answers = jobs.enqueue(wanted);
        assertThat(answers)
                .as("one answer per job, each new")
                .hasSize(wanted.size())
                .allMatch(Enqueued::isNew);
        return answers.stream().map(Enqueued::id).toList();
    }

    /** A worker's wish for jobs of the type {@link #WORK} in the default queue. */
    public static ClaimRequest request(int max) {
        return new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), max, LEASE, "worker");
    }

    /** The same wish in another queue. */
    public static ClaimRequest request(String queue, int max) {
        return new ClaimRequest(new QueueName(queue), Set.of(WORK), max, LEASE, "worker");
    }

    /** No more than so many jobs of a queue at once. */
    public static QueueLimits maxRunning(int max) {
        return new QueueLimits(Optional.of(max), 1, Optional.empty());
    }

    /** No more than so many jobs of a queue with one concurrency key at once. */
    public static QueueLimits maxRunningPerKey(int max) {
        return new QueueLimits(Optional.empty(), max, Optional.empty());
    }

    /** No more than so many starts of jobs of a queue in a time. */
    public static QueueLimits rate(int starts, Duration period) {
        return new QueueLimits(Optional.empty(), 1, Optional.of(new RateLimit(starts, period)));
    }

    /** Takes the one job that can be taken. */
    public static ClaimedJob claimOne(JobQueueRepository jobs) {
        List<ClaimedJob> claimed = jobs.claim(request(2));
        assertThat(claimed).as("one job can be taken").hasSize(1);
        return claimed.get(0);
    }

    /** The ids of jobs that were taken. */
    public static List<JobId> ids(List<ClaimedJob> claimed) {
        return claimed.stream().map(each -> each.job().id()).toList();
    }

    /** A job that must be there. */
    public static Job job(JobQueueRepository jobs, JobId id) {
        return jobs.job(id).orElseThrow(() -> new AssertionError("job " + id + " is there"));
    }

    /** A job as it is told before its first attempt. */
    public static Job untried(JobId id, NewJob job, Instant createdAt, Instant runAt) {
        return new Job(
                id,
                job.type(),
                job.queue(),
                job.payload(),
                job.priority(),
                job.uniqueKey(),
                job.concurrencyKey(),
                job.retry(),
                JobState.PENDING,
                0,
                0,
                createdAt,
                runAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Ends one attempt well. */
    public static boolean complete(JobQueueRepository jobs, Lease lease, Optional<JsonText> result) {
        return finish(jobs, new JobEnd.Completed(lease, result));
    }

    /** Ends one attempt with an error of which only the message is known. */
    public static boolean fail(JobQueueRepository jobs, Lease lease, String message, Optional<Duration> retryAfter) {
        return finish(jobs, new JobEnd.Failed(lease, error(message), retryAfter));
    }

    /** Ends one attempt well, with nothing to answer. */
    public static boolean complete(JobQueueRepository jobs, ClaimedJob claimed) {
        return complete(jobs, claimed.lease(), Optional.empty());
    }

    /** Ends one attempt for good: the job becomes a dead letter. */
    public static boolean bury(JobQueueRepository jobs, ClaimedJob claimed) {
        return fail(jobs, claimed.lease(), "no", Optional.empty());
    }

    /** Gives one job back untried. */
    public static boolean release(JobQueueRepository jobs, Lease lease) {
        return finish(jobs, new JobEnd.Released(lease));
    }

    /** An error of which only the message is known; it is its own summary. */
    public static JobError error(String message) {
        return new JobError("", message, "");
    }

    /** Extends one lease. */
    public static LeaseState extend(JobQueueRepository jobs, Lease lease, Duration duration) {
        List<LeaseState> answers = jobs.extend(List.of(lease), duration);
        assertThat(answers).as("one answer per lease").hasSize(1);
        return answers.get(0);
    }

    /** Ends one attempt. */
    public static boolean finish(JobQueueRepository jobs, JobEnd end) {
        List<Boolean> answers = jobs.finish(List.of(end));
        assertThat(answers).as("one answer per end").hasSize(1);
        return answers.get(0);
    }
}
