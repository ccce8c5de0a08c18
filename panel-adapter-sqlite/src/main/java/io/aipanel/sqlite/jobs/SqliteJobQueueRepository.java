package io.aipanel.sqlite.jobs;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Timestamps;
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
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The jobs in {@code queue.db}. */
public final class SqliteJobQueueRepository implements JobQueueRepository {

    private final StoreAccess queue;
    private final InstantSource clock;
    private final Runnable jobsAreComing;

    /**
     * @param queue how to reach {@code queue.db}
     * @param clock the store's clock
     * @param jobsAreComing tells workers of jobs that are about to be enqueued: the claim of one that is awake in time is
     *     part of the same commit, and does not wait for a second {@code fsync}. It must return at once
     */
    public SqliteJobQueueRepository(StoreAccess queue, InstantSource clock, Runnable jobsAreComing) {
        this.queue = queue;
        this.clock = clock;
        this.jobsAreComing = jobsAreComing;
    }

    @Override
    public List<Enqueued> enqueue(List<NewJob> jobs) {
        List<NewJob> unchanging = bounded("jobs", jobs, MAX_ENQUEUED);
        if (unchanging.isEmpty()) {
            return queue.read(connection -> List.of());
        }
        jobsAreComing.run();
        return queue.write(connection -> List.copyOf(JobInsert.run(connection, unchanging, now())));
    }

    @Override
    public List<ClaimedJob> claim(ClaimRequest request) {
        JobClaim.Outcome outcome;
        do {
            outcome = queue.write(connection -> JobClaim.run(connection, request, now()));
        } while (outcome.jobs().isEmpty() && outcome.worthRepeating());
        return List.copyOf(outcome.jobs());
    }

    @Override
    public List<LeaseState> extend(List<Lease> leases, Duration duration) {
        Lease.requireDuration(duration);
        List<Lease> unchanging = bounded("leases", leases, MAX_LEASES);
        return unchanging.isEmpty()
                ? queue.read(connection -> List.of())
                : queue.write(connection -> Leases.extend(connection, unchanging, now().plus(duration)));
    }

    @Override
    public List<Boolean> finish(List<JobEnd> ends) {
        List<JobEnd> unchanging = bounded("ends", ends, MAX_LEASES);
        return unchanging.isEmpty()
                ? queue.read(connection -> List.of())
                : queue.write(connection -> List.copyOf(JobEnds.run(connection, unchanging, now())));
    }

    @Override
    public void report(List<JobReport> reports) {
        List<JobReport> unchanging = bounded("reports", reports, MAX_LEASES);
        if (unchanging.isEmpty()) {
            queue.read(connection -> unchanging);
        } else {
            queue.write(connection -> {
                JobReports.keep(connection, unchanging);
                return unchanging;
            });
        }
    }

    @Override
    public Optional<Job> job(JobId id) {
        return queue.read(connection -> {
            try (Rows row = connection.rows(
                    "SELECT " + JobColumns.OF_JOBS + " FROM jobs WHERE id = ?1 UNION ALL SELECT "
                            + JobColumns.OF_FINISHED_JOBS + " FROM finished_jobs WHERE id = ?1",
                    statement -> statement.setLong(1, id.value()))) {
                return row.next() ? Optional.of(JobColumns.read(row)) : Optional.<Job>empty();
            }
        });
    }

    @Override
    public Page<Job> jobs(JobFilter filter, PageRequest page) {
        long before = page.after().map(cursor -> cursor.ofSize(1).number(0)).orElse(Long.MAX_VALUE);
        List<Job> found = queue.read(
                connection -> JobSearch.before(before, filter, page.limit() + 1).all(connection, JobColumns::read));
        return Page.of(found, page.limit(), job -> Cursor.of(job.id().toString()));
    }

    @Override
    public List<JobFailure> failures(JobId id) {
        return queue.read(connection -> List.copyOf(Failures.of(connection, id)));
    }

    @Override
    public JobLog log(JobId id) {
        return queue.read(connection -> JobLogRows.of(connection, id));
    }

    @Override
    public JobChange cancel(JobId id) {
        return queue.write(connection -> JobCancel.one(connection, id, now()));
    }

    @Override
    public JobChange retry(JobId id) {
        return queue.write(connection -> JobRetry.one(connection, id, now()));
    }

    @Override
    public BulkChange cancel(JobFilter filter, Optional<JobId> after, int max) {
        requirePositive(max);
        return queue.write(connection -> JobCancel.many(connection, filter, after, max, now()));
    }

    @Override
    public BulkChange retry(JobFilter filter, Optional<JobId> after, int max) {
        requirePositive(max);
        return queue.write(connection -> JobRetry.many(connection, filter, after, max, now()));
    }

    @Override
    public List<QueueCounts> counts() {
        return queue.read(connection -> List.copyOf(JobCounts.of(connection)));
    }

    @Override
    public List<PendingType> pendingTypes() {
        return queue.read(connection -> List.copyOf(JobCounts.pendingTypes(connection)));
    }

    @Override
    public Optional<Duration> untilNextDue(QueueName name, Set<JobType> types) {
        Set<JobType> unchanging = Set.copyOf(types);
        if (unchanging.isEmpty()) {
            throw new IllegalArgumentException("types must not be empty");
        }
        Instant now = now();
        return queue.<Optional<Instant>>read(connection -> NextDue.of(connection, name, unchanging, now))
                .map(due -> due.isBefore(now) ? Duration.ZERO : Duration.between(now, due));
    }

    @Override
    public int prune(JobState state, Instant finishedBefore, int max) {
        requirePositive(max);
        if (!state.isFinished()) {
            throw new IllegalArgumentException("only jobs that have ended can be pruned, not " + state.wireName());
        }
        long bound = Columns.of(Timestamps.microsUp("finishedBefore", finishedBefore));
        List<Long> found = queue.read(connection -> Prune.find(connection, state, bound, max));
        return queue.write(connection -> {
            UniqueKeys.forget(connection, now(), max);
            return Prune.remove(connection, state, bound, found);
        });
    }

    private static <T> List<T> bounded(String what, List<T> elements, int max) {
        if (elements.size() > max) {
            throw new IllegalArgumentException("at most " + max + " " + what + " at once, not " + elements.size());
        }
        return List.copyOf(elements);
    }

    private static void requirePositive(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
