package io.aipanel.service.jobs;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Json;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.QueueChange;
import io.aipanel.service.storage.QueueChanges;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * Enqueues jobs, runs their handlers and tells about them. What a program does to jobs is not in the audit log: the queue has
 * its own history. What somebody does to a job is. Safe for use by many threads.
 */
public final class Jobs implements AutoCloseable {

    /** As many are cancelled or tried again in one transaction: few enough for others not to wait noticeably. */
    private static final int BULK_PART = 1_000;

    private final Storage storage;
    private final JobQueueRepository queue;
    private final QueueChanges changes;
    private final Access access;
    private final Workers workers;
    private final JobMeters meters;

    /** For {@link io.aipanel.service.Panel}. */
    public Jobs(Storage storage, QueueChanges changes, Access access, Workers workers, JobMeters meters) {
        this.storage = storage;
        this.queue = storage.jobs();
        this.changes = changes;
        this.access = access;
        this.workers = workers;
        this.meters = meters;
    }

    /**
     * Enqueues a job. It is durable when this method returns.
     *
     * @return the job, and whether it is new: if one has the same unique key, that one stands
     * @throws io.aipanel.domain.InvalidValueException if the payload is not JSON
     */
    public Enqueued enqueue(NewJob job) {
        return enqueue(List.of(job)).get(0);
    }

    /**
     * Enqueues jobs, all or none. They are durable when this method returns.
     *
     * @param jobs 0 to {@value JobQueueRepository#MAX_ENQUEUED} jobs
     * @return one answer per job, in the given order
     * @throws io.aipanel.domain.InvalidValueException if a payload is not JSON; nothing is enqueued
     */
    public List<Enqueued> enqueue(List<NewJob> jobs) {
        requireJson(jobs);
        List<Enqueued> answers = queue.enqueue(jobs);
        meters.enqueued(jobs, answers);
        workers.enqueued();
        return answers;
    }

    /**
     * Enqueues jobs for somebody.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_WRITE}
     * @throws io.aipanel.domain.InvalidValueException if a payload is not JSON; nothing is enqueued
     */
    public List<Enqueued> enqueue(Actor actor, List<NewJob> jobs) {
        access.require(actor, Permission.JOBS_WRITE, "job.enqueue");
        return enqueue(jobs);
    }

    /**
     * Enqueues jobs within a transaction of the caller's own on the database that this panel uses, too: they are there if the
     * caller commits, and not if it rolls back. To enqueue together with a change of the panel's own data, use
     * {@link io.aipanel.service.Panel#changes()}.
     *
     * @param connection not in auto-commit mode; it is neither committed nor closed here
     * @param jobs 0 to {@value JobQueueRepository#MAX_ENQUEUED} jobs
     * @return one answer per job, in the given order
     * @throws UnsupportedOperationException on an engine that cannot do that (SQLite)
     * @throws io.aipanel.domain.InvalidValueException if a payload is not JSON; nothing is enqueued
     */
    public List<Enqueued> enqueue(Connection connection, List<NewJob> jobs) {
        requireJson(jobs);
        List<Enqueued> answers = storage.enqueueWithin(connection, jobs);
        meters.enqueued(jobs, answers);
        return answers;
    }

    /**
     * Runs a handler for the jobs of a type in the default queue, from now until the panel is closed.
     *
     * @throws IllegalStateException if the type has a handler already, or the panel is closed or runs no jobs
     */
    public void handle(String type, JobHandler handler) {
        handle(type, HandlerOptions.DEFAULT, handler);
    }

    /**
     * Runs a handler for the jobs of a type in a queue, from now until the panel is closed.
     *
     * @throws IllegalStateException if the type has a handler in that queue already, or the panel is closed or runs no
     *     jobs
     */
    public void handle(String type, String queueName, JobHandler handler) {
        handle(type, HandlerOptions.DEFAULT.queue(queueName), handler);
    }

    /**
     * Runs a handler for the jobs of a type, from now until the panel is closed.
     *
     * @throws IllegalStateException if the type has a handler in that queue already, or the panel is closed or runs no
     *     jobs
     */
    public void handle(String type, HandlerOptions options, JobHandler handler) {
        workers.handle(new JobType(type), options, handler);
    }

    /**
     * Runs what is due and has a handler, one job after the other on the present thread, until nothing is due any more; what
     * these jobs enqueue, too. For tests that open the panel with {@link JobMode#INLINE}.
     *
     * @return how many attempts were made
     * @throws IllegalStateException in any other mode
     */
    public int runDue() {
        return workers.runDue();
    }

    /**
     * The job with an id.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_READ}
     */
    public Optional<Job> find(Actor actor, JobId id) {
        access.require(actor, Permission.JOBS_READ, "job.show");
        return queue.job(id);
    }

    /**
     * Everything about the job with an id.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_READ}
     */
    public Optional<JobDetail> detail(Actor actor, JobId id) {
        return find(actor, id)
                .map(job -> new JobDetail(
                        job,
                        queue.failures(id),
                        queue.log(id),
                        Handled.now(storage).contains(job.queue(), job.type())));
    }

    /**
     * Jobs, newest first.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_READ}
     */
    public Page<Job> list(Actor actor, JobFilter filter, PageRequest page) {
        access.require(actor, Permission.JOBS_READ, "job.list");
        return queue.jobs(filter, page);
    }

    /**
     * How many jobs are in each state, by queue.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_READ}
     */
    public List<QueueCounts> counts(Actor actor) {
        access.require(actor, Permission.JOBS_READ, "job.stats");
        return queue.counts();
    }

    /**
     * Cancels a job: a pending one at once, a running one as soon as its handler, which is interrupted, has stopped.
     *
     * @return the job as it is then
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     * @throws NotFound if there is no such job
     * @throws JobRefused if it has ended
     */
    public Job cancel(Actor actor, JobId id) {
        return change(
                actor,
                id,
                "job.cancel",
                "only pending and running jobs can be cancelled",
                change -> change.jobs().cancel(id));
    }

    /**
     * Has a dead letter or a cancelled job tried again, at once, as often as its retry policy says.
     *
     * @return the job as it is then
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     * @throws NotFound if there is no such job
     * @throws JobRefused if it is in another state, or another job has its unique key now
     */
    public Job retry(Actor actor, JobId id) {
        return change(
                actor,
                id,
                "job.retry",
                "only dead letters and cancelled jobs can be tried again",
                change -> change.jobs().retry(id));
    }

    /**
     * Cancels all jobs that match, pending and running.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     */
    public BulkResult cancelAll(Actor actor, JobFilter filter) {
        return changeAll(
                actor, "job.cancel", filter, (change, after) -> change.jobs().cancel(filter, after, BULK_PART));
    }

    /**
     * Has all dead letters that match tried again, or all cancelled jobs if the filter asks for these.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     */
    public BulkResult retryAll(Actor actor, JobFilter filter) {
        return changeAll(
                actor, "job.retry", filter, (change, after) -> change.jobs().retry(filter, after, BULK_PART));
    }

    /**
     * Takes no more jobs, lets running handlers finish for the grace period, then interrupts them and gives their jobs
     * back at once.
     */
    @Override
    public void close() {
        workers.close();
    }

    private Job change(Actor actor, JobId id, String action, String rule, Wish wish) {
        access.require(actor, Permission.JOBS_MANAGE, action);
        JobChange outcome = changes.make(actor, change -> {
            JobChange done = wish.on(change);
            if (done == JobChange.DONE) {
                change.record(action, "job:" + id, Details.none());
            }
            return done;
        });
        Job job = queue.job(id).orElseThrow(() -> new NotFound("job " + id));
        return switch (outcome) {
            case DONE -> job;
            case NOT_FOUND -> throw new NotFound("job " + id);
            case WRONG_STATE ->
                throw new JobRefused("job " + id + " is " + job.state().wireName() + ": " + rule);
            case KEY_TAKEN ->
                throw new JobRefused("job " + id + " cannot be tried again: another job has its unique key "
                        + job.uniqueKey().orElse("") + " now; cancel that one first");
        };
    }

    /** Part by part, each with its own record, so that whatever happens in between everything that was done is recorded. */
    private BulkResult changeAll(Actor actor, String action, JobFilter filter, BulkWish wish) {
        access.require(actor, Permission.JOBS_MANAGE, action);
        long changed = 0;
        long skipped = 0;
        Optional<JobId> after = Optional.empty();
        do {
            Optional<JobId> from = after;
            BulkChange part = changes.make(actor, change -> {
                BulkChange done = wish.on(change, from);
                if (done.changed() > 0) {
                    change.record(action, "jobs", described(filter).and("count", done.changed()));
                }
                return done;
            });
            changed += part.changed();
            skipped += part.skipped();
            after = part.last();
        } while (after.isPresent());
        return new BulkResult(changed, skipped);
    }

    private static Details described(JobFilter filter) {
        return Details.none()
                .and("queue", filter.queue().map(Object::toString))
                .and("type", filter.type().map(Object::toString))
                .and("state", filter.state().map(JobState::wireName))
                .and("uniqueKey", filter.uniqueKey());
    }

    private static void requireJson(List<NewJob> jobs) {
        jobs.forEach(job -> Json.requireValid("payload", job.payload()));
    }

    @FunctionalInterface
    private interface Wish {
        JobChange on(QueueChange change);
    }

    @FunctionalInterface
    private interface BulkWish {
        BulkChange on(QueueChange change, Optional<JobId> after);
    }
}
