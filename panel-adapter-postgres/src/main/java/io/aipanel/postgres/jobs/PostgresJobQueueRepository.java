package io.aipanel.postgres.jobs;

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
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.postgres.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@link JobQueueRepository} on the schema {@code queue}. "Now" is the server's clock at the time a statement arrives
 * there, which indexes can be searched by, except where a statement may first have to wait for somebody else's.
 */
public final class PostgresJobQueueRepository implements JobQueueRepository {

    private static final int MOST_JOBS = 100_000;

    private final Enqueueing enqueueing;
    private final Claiming claiming;
    private final Finishing finishing;
    private final JobLists lists;
    private final Runnable jobsMayBeReady;

    /**
     * @param database where the statements run
     * @param jobsMayBeReady called after each commit that may have something new for a worker
     */
    public PostgresJobQueueRepository(Database database, Runnable jobsMayBeReady) {
        this.enqueueing = new Enqueueing(database);
        this.claiming = new Claiming(database);
        this.finishing = new Finishing(database);
        this.lists = new JobLists(database);
        this.jobsMayBeReady = jobsMayBeReady;
    }

    @Override
    public List<Enqueued> enqueue(List<NewJob> jobs) {
        if (jobs.size() > MOST_JOBS) {
            throw new IllegalArgumentException("at most " + MOST_JOBS + " jobs at a time, not " + jobs.size());
        }
        if (jobs.isEmpty()) {
            return List.of();
        }
        List<Enqueued> answers = enqueueing.enqueue(jobs);
        jobsMayBeReady.run();
        return answers;
    }

    @Override
    public List<ClaimedJob> claim(ClaimRequest request) {
        return claiming.claim(request);
    }

    @Override
    public boolean extend(Lease lease, Duration duration) {
        return claiming.extend(lease, Lease.requireDuration(duration));
    }

    @Override
    public boolean complete(Lease lease, Optional<JsonText> result) {
        return finishing.complete(lease, result);
    }

    @Override
    public boolean fail(Lease lease, String error, Optional<Duration> retryAfter) {
        boolean mine = finishing.fail(lease, error, retryAfter.map(RetryPolicy::requireDelay));
        if (mine && retryAfter.isPresent()) {
            jobsMayBeReady.run();
        }
        return mine;
    }

    @Override
    public boolean release(Lease lease) {
        boolean mine = finishing.release(lease);
        if (mine) {
            jobsMayBeReady.run();
        }
        return mine;
    }

    @Override
    public Optional<Job> job(JobId id) {
        return lists.job(id);
    }

    @Override
    public Page<Job> jobs(JobFilter filter, PageRequest page) {
        return lists.page(filter, page);
    }

    @Override
    public List<QueueCounts> counts() {
        return lists.counts();
    }

    @Override
    public Optional<Duration> untilNextDue(QueueName queue, Set<JobType> types) {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("types must not be empty");
        }
        return claiming.untilNextDue(queue, types);
    }

    @Override
    public int prune(Instant finishedBefore, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
        return finishing.prune(finishedBefore, max);
    }
}
