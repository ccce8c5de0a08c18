package io.aipanel.ports.jobs;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The jobs. At any time at most one worker holds a live lease on a job; a job whose lease has ended is handed out again. A
 * lease is the job's latest until somebody takes the job again or the job ends, even if its time is over. "Now" is the
 * store's clock; if it is set back, nothing is lost or handed out twice, but what was due by the old time may wait until it
 * is due again. Each method is one transaction, durable when it returns. Safe for use by many threads and processes at once.
 *
 * <p>What a call costs depends on the jobs it is about, not on how many others there are: those that have ended, wait for
 * their time, for a limit or for a handler, or are in a paused queue.
 */
public interface JobQueueRepository {

    /** The most jobs of one call of {@link #enqueue}. */
    int MAX_ENQUEUED = 100_000;

    /** The most leases, ends or reports of one call. */
    int MAX_LEASES = 10_000;

    /**
     * Adds jobs, all or none. A job whose unique key is taken is not added; the answer names the job that has the key. A
     * key is taken, among the jobs of the same queue and type, by a pending or running one, by one that keeps its key for a
     * period which is not over, and by an earlier one of the same call.
     *
     * @param jobs 0 to {@value #MAX_ENQUEUED} jobs
     * @return one answer per job, in the given order; ids of new jobs grow in that order
     * @throws IllegalArgumentException if there are too many
     */
    List<Enqueued> enqueue(List<NewJob> jobs);

    /**
     * Takes jobs that are pending and whose time has come, or whose lease has ended, and makes them the worker's for the
     * time of the lease. Each counts an attempt. Taken are, first of all, those with the highest priority, of these those
     * with the earliest time, of these those with the lowest id.
     *
     * <p>Takes nothing from a paused queue, and no more than the limits of the queue allow, counting what all workers run: a
     * job that waits for others with its concurrency key lets those behind it pass. A job whose lease has ended is not held up by
     * limits: it never stopped counting, and its new attempt is no further start for the rate.
     *
     * <p>An attempt whose lease has ended enters the history as {@link io.aipanel.domain.jobs.JobError#LEASE_ENDED}, and
     * its job is handed out however many attempts it has had: that its worker died does not make it a dead letter. Only
     * if somebody has asked to cancel it, it becomes cancelled instead.
     *
     * @return the jobs by priority (highest first), then time, then id; empty if there are none
     */
    List<ClaimedJob> claim(ClaimRequest request);

    /**
     * Lets leases last longer: the sign of life of a worker.
     *
     * @param leases 0 to {@value #MAX_LEASES} leases
     * @param duration from now on, 1 millisecond to 1 day
     * @return one answer per lease, in the given order; a lost lease is not extended, and its worker must stop
     * @throws IllegalArgumentException if there are too many, or the duration is out of range
     */
    List<LeaseState> extend(List<Lease> leases, Duration duration);

    /**
     * Ends attempts. A job that is completed, or has failed for the last time, has ended; the others are pending again,
     * but where somebody has asked to cancel the job, it becomes cancelled instead. An attempt that completed its job
     * completed it, also if somebody had asked to cancel it.
     *
     * @param ends 0 to {@value #MAX_LEASES} ends, of different jobs
     * @return one answer per end, in the given order: whether its lease was the job's latest; if not, nothing was changed
     *     by it
     * @throws IllegalArgumentException if there are too many
     */
    List<Boolean> finish(List<JobEnd> ends);

    /**
     * Keeps what running attempts tell. A report whose lease is not the job's latest changes nothing.
     *
     * @param reports 0 to {@value #MAX_LEASES} reports, of different jobs
     * @throws IllegalArgumentException if there are too many
     */
    void report(List<JobReport> reports);

    /** The job with an id, finished or not; empty if there is none. */
    Optional<Job> job(JobId id);

    /**
     * Jobs, finished or not, newest first (id descending).
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<Job> jobs(JobFilter filter, PageRequest page);

    /** How the attempts of a job failed, the first one first; empty if none did, or there is no such job. */
    List<JobFailure> failures(JobId id);

    /** What the attempts of a job have written; empty if that is nothing, or there is no such job. */
    JobLog log(JobId id);

    /**
     * Ends a job that somebody no longer wants. A pending one is cancelled at once. For a running one it is noted, its
     * worker hears of it ({@link #extend}, {@link io.aipanel.ports.storage.Storage.Topic#CANCELLATIONS}), and it will not be
     * pending again. Asking twice for one that still runs is done, too.
     *
     * @return {@link JobChange#DONE}, {@link JobChange#NOT_FOUND}, or {@link JobChange#WRONG_STATE} if it has ended
     */
    JobChange cancel(JobId id);

    /**
     * Has a dead letter or a cancelled job tried again: it is pending at once, under its old id, with its history. The
     * attempts that it has had no longer count for its retry policy.
     *
     * @return {@link JobChange#DONE}, {@link JobChange#NOT_FOUND}, {@link JobChange#WRONG_STATE} if it is pending, running or
     *     completed, or {@link JobChange#KEY_TAKEN}
     */
    JobChange retry(JobId id);

    /**
     * Cancels jobs as {@link #cancel(JobId)} does: of the pending and running ones that match and are not being cancelled
     * yet, the ones with the lowest ids.
     *
     * @param after only jobs with a higher id; empty for all
     * @param max the most jobs to look at, 1 or more
     * @return what was done; go on after its last job until there is none
     * @throws IllegalArgumentException if {@code max} is not positive
     */
    BulkChange cancel(JobFilter filter, Optional<JobId> after, int max);

    /**
     * Has jobs tried again as {@link #retry(JobId)} does: of the dead letters that match, or of the cancelled jobs if the
     * filter asks for these, the ones with the lowest ids.
     *
     * @param after only jobs with a higher id; empty for all
     * @param max the most jobs to look at, 1 or more
     * @return what was done; go on after its last job until there is none
     * @throws IllegalArgumentException if {@code max} is not positive
     */
    BulkChange retry(JobFilter filter, Optional<JobId> after, int max);

    /** How many jobs are in each state, by queue name in code point order; queues without jobs are not listed. */
    List<QueueCounts> counts();

    /** How many jobs of each type wait, by queue name, then type, in code point order. */
    List<PendingType> pendingTypes();

    /**
     * How long until {@link #claim} has something for a worker, unless something new comes: zero if it has now.
     *
     * @param queue where to look
     * @param types which types the worker can handle; at least one
     * @return empty if nothing waits but what a limit holds back, and no lease is out, or if the queue is paused
     * @throws IllegalArgumentException if there are no types
     */
    Optional<Duration> untilNextDue(QueueName queue, Set<JobType> types);

    /**
     * Removes finished jobs, with their history and log.
     *
     * @param state in which final state
     * @param finishedBefore those that reached it before this time
     * @param max the most to remove, 1 or more
     * @return how many were removed, those with the lowest ids first
     * @throws IllegalArgumentException if {@code max} is not positive, or the state is not a final one
     */
    int prune(JobState state, Instant finishedBefore, int max);
}
