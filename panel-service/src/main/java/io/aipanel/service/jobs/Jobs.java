package io.aipanel.service.jobs;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Json;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Enqueues jobs and runs their handlers. What a program does to jobs is not in the audit log: the queue has its own
 * history. Safe for use by many threads.
 */
public final class Jobs implements AutoCloseable {

    private final Storage storage;
    private final JobQueueRepository queue;
    private final Access access;
    private final WorkerOptions options;
    private final Map<QueueName, Worker> workers = new HashMap<>();
    private boolean closed;

    /** For {@link io.aipanel.service.Panel}. */
    public Jobs(Storage storage, Access access, WorkerOptions options) {
        this.storage = storage;
        this.queue = storage.jobs();
        this.access = access;
        this.options = options;
    }

    /**
     * Enqueues a job. It is durable when this method returns.
     *
     * @return the job, and whether it is new: if one with the same unique key is pending or running, that one stands
     * @throws io.aipanel.domain.InvalidValueException if the payload is not JSON
     */
    public Enqueued enqueue(NewJob job) {
        return enqueue(List.of(job)).get(0);
    }

    /**
     * Enqueues jobs, all or none. They are durable when this method returns.
     *
     * @param jobs 0 to 100 000 jobs
     * @return one answer per job, in the given order
     * @throws io.aipanel.domain.InvalidValueException if a payload is not JSON; nothing is enqueued
     */
    public List<Enqueued> enqueue(List<NewJob> jobs) {
        jobs.forEach(job -> Json.requireValid("payload", job.payload()));
        return queue.enqueue(jobs);
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
     * Runs a handler for the jobs of a type in the default queue, from now until the panel is closed.
     *
     * @throws IllegalStateException if the type has a handler already, or the panel is closed
     */
    public void handle(String type, JobHandler handler) {
        handle(type, QueueName.DEFAULT.value(), handler);
    }

    /**
     * Runs a handler for the jobs of a type in a queue, from now until the panel is closed.
     *
     * @throws IllegalStateException if the type has a handler in that queue already, or the panel is closed
     */
    public synchronized void handle(String type, String queueName, JobHandler handler) {
        if (closed) {
            throw new IllegalStateException("the panel is closed");
        }
        JobType jobType = new JobType(type);
        workers.computeIfAbsent(new QueueName(queueName), name -> new Worker(storage, name, options))
                .handle(jobType, handler);
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
     * Takes no more jobs, lets running handlers finish for the grace period, then interrupts them and gives their jobs
     * back at once.
     */
    @Override
    public void close() {
        List<Worker> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(workers.values());
        }
        running.forEach(Worker::stopClaiming);
        running.forEach(Worker::close);
    }
}
