package io.aipanel.postgres.jobs;

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
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * {@link JobQueueRepository} on the schema {@code queue}. "Now" is the server's clock at the time a statement arrives
 * there, which indexes can be searched by, except where a statement may first have to wait for somebody else's.
 *
 * <p>While a transaction of somebody else stays open for minutes, a job that another process has put before others that were
 * claimed already (by an explicit time in the past, by giving it back, or because it was committed late) is found after
 * some seconds, no longer at once; {@link Floors} says why.
 */
public final class PostgresJobQueueRepository implements JobQueueRepository {

    private final QueueStore store;
    private final Enqueueing enqueueing;
    private final Claiming claiming;
    private final Leases leases;
    private final Finishing finishing;
    private final Reporting reporting;
    private final OperatorChanges changes;
    private final JobLists lists;
    private final NextDue nextDue;
    private final Pruning pruning;

    /** @param store where the jobs are */
    public PostgresJobQueueRepository(QueueStore store) {
        this.store = store;
        this.enqueueing = new Enqueueing(store);
        this.claiming = new Claiming(store);
        this.leases = new Leases(store.database());
        this.finishing = new Finishing(store, new Tallies(store.database()));
        this.reporting = new Reporting(store.database());
        this.changes = new OperatorChanges(store);
        this.lists = new JobLists(store.database());
        this.nextDue = new NextDue(store);
        this.pruning = new Pruning(store.database());
    }

    /**
     * Refuses more jobs than one call may add.
     *
     * @throws IllegalArgumentException if there are too many
     */
    public static void requireJobs(List<NewJob> jobs) {
        requireAtMost(MAX_ENQUEUED, "jobs", jobs.size());
    }

    /** Makes what jobs need that are {@linkplain #add added} to a transaction of somebody else, which may last. */
    public void prepare(List<NewJob> jobs) {
        store.lanes().ensure(store.database(), jobs);
    }

    /**
     * Adds jobs within a transaction.
     *
     * @throws io.aipanel.postgres.storage.Repeat if others were in the way; the same may succeed when it is run again
     */
    public static List<Enqueued> add(Handle handle, List<NewJob> jobs) {
        Lanes.make(handle, jobs);
        return Enqueueing.enqueue(handle, jobs);
    }

    @Override
    public List<Enqueued> enqueue(List<NewJob> jobs) {
        requireJobs(jobs);
        if (jobs.isEmpty()) {
            return List.of();
        }
        List<Enqueued> answers = enqueueing.enqueue(jobs);
        store.news().accept(Topic.JOBS);
        return answers;
    }

    @Override
    public List<ClaimedJob> claim(ClaimRequest request) {
        return claiming.claim(request);
    }

    @Override
    public List<LeaseState> extend(List<Lease> held, Duration duration) {
        requireAtMost(MAX_LEASES, "leases", held.size());
        Lease.requireDuration(duration);
        return held.isEmpty() ? List.of() : leases.extend(held, duration);
    }

    @Override
    public List<Boolean> finish(List<JobEnd> ends) {
        requireAtMost(MAX_LEASES, "ends", ends.size());
        return ends.isEmpty() ? List.of() : finishing.finish(ends);
    }

    @Override
    public void report(List<JobReport> reports) {
        requireAtMost(MAX_LEASES, "reports", reports.size());
        if (!reports.isEmpty()) {
            reporting.report(reports);
        }
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
    public List<JobFailure> failures(JobId id) {
        return store.database().read(handle -> AttemptHistory.of(handle, id));
    }

    @Override
    public JobLog log(JobId id) {
        return reporting.log(id);
    }

    @Override
    public JobChange cancel(JobId id) {
        return changes.cancel(id);
    }

    @Override
    public JobChange retry(JobId id) {
        return changes.retry(id);
    }

    @Override
    public BulkChange cancel(JobFilter filter, Optional<JobId> after, int max) {
        requirePositive(max);
        return changes.cancel(filter, after, max);
    }

    @Override
    public BulkChange retry(JobFilter filter, Optional<JobId> after, int max) {
        requirePositive(max);
        return changes.retry(filter, after, max);
    }

    @Override
    public List<QueueCounts> counts() {
        return lists.counts();
    }

    @Override
    public List<PendingType> pendingTypes() {
        return lists.pendingTypes();
    }

    @Override
    public Optional<Duration> untilNextDue(QueueName queue, Set<JobType> types) {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("types must not be empty");
        }
        return nextDue.until(queue, types);
    }

    @Override
    public int prune(JobState state, Instant finishedBefore, int max) {
        requirePositive(max);
        if (!state.isFinished()) {
            throw new IllegalArgumentException("only jobs in a final state are pruned, not " + state.wireName());
        }
        return pruning.prune(state, finishedBefore, max);
    }

    private static void requirePositive(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
    }

    private static void requireAtMost(int most, String what, int size) {
        if (size > most) {
            throw new IllegalArgumentException("at most " + most + " " + what + " at a time, not " + size);
        }
    }
}
