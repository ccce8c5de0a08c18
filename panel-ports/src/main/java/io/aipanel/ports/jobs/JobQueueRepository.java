package io.aipanel.ports.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The job queue. At any time at most one worker holds a live lease on a job; a job whose lease has ended is handed out
 * again. A lease is the job's latest until somebody takes the job again or the job ends, even if its time is over. "Now"
 * is the store's clock. Each method is one transaction, durable when it returns. Safe for use by many
 * threads and processes at once.
 */
public interface JobQueueRepository {

    /**
     * Adds jobs, all or none. A job whose unique key is taken by a pending or running job of the same queue and type, or
     * by an earlier one of the same call, is not added; the answer names the job that has the key.
     *
     * @param jobs 0 to 100 000 jobs
     * @return one answer per job, in the given order; ids of new jobs grow in that order
     * @throws IllegalArgumentException if there are too many
     */
    List<Enqueued> enqueue(List<NewJob> jobs);

    /**
     * Takes jobs that are pending and whose time has come, or whose lease has ended, and makes them the worker's for the
     * time of the lease. Each counts an attempt.
     *
     * @return the jobs by priority (highest first), then time, then id; empty if there are none
     */
    List<ClaimedJob> claim(ClaimRequest request);

    /**
     * Lets a lease last longer.
     *
     * @param duration from now on, 1 millisecond to 1 day
     * @return whether the lease was still the job's latest; if not, the worker must stop
     * @throws IllegalArgumentException if the duration is out of range
     */
    boolean extend(Lease lease, Duration duration);

    /**
     * Ends a job well.
     *
     * @param result what the handler answered; empty for nothing
     * @return whether the lease was the job's latest; if not, nothing was changed
     */
    boolean complete(Lease lease, Optional<JsonText> result);

    /**
     * Ends an attempt that failed.
     *
     * @param error what happened; any text, empty too; only its first {@value io.aipanel.domain.jobs.Job#MAX_ERROR_BYTES} UTF-8 bytes
     *     are kept, and what a store cannot hold is replaced ({@link io.aipanel.domain.Text#truncated})
     * @param retryAfter when to try again, from now, 0 to 365 days; empty to make it a dead letter
     * @return whether the lease was the job's latest; if not, nothing was changed
     * @throws IllegalArgumentException if the delay is out of range
     */
    boolean fail(Lease lease, String error, Optional<Duration> retryAfter);

    /**
     * Gives a job back untried: it is pending at once, and the attempt does not count.
     *
     * @return whether the lease was the job's latest; if not, nothing was changed
     */
    boolean release(Lease lease);

    /** The job with an id, finished or not; empty if there is none. */
    Optional<Job> job(JobId id);

    /**
     * Jobs, finished or not, newest first (id descending).
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<Job> jobs(JobFilter filter, PageRequest page);

    /** How many jobs are in each state, by queue name in code point order; queues without jobs are not listed. */
    List<QueueCounts> counts();

    /**
     * How long until {@link #claim} has something for a worker, unless something new comes: zero if it has now.
     *
     * @param queue where to look
     * @param types which types the worker can handle; at least one
     * @return empty if nothing waits, and no lease is out
     * @throws IllegalArgumentException if there are no types
     */
    Optional<Duration> untilNextDue(QueueName queue, Set<JobType> types);

    /**
     * Removes finished jobs.
     *
     * @param finishedBefore those that reached their final state before this time
     * @param max the most to remove, 1 or more
     * @return how many were removed, the oldest first
     * @throws IllegalArgumentException if {@code max} is not positive
     */
    int prune(Instant finishedBefore, int max);
}
