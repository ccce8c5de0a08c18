package io.aipanel.sqlite.jobs;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The queue in {@code queue.db}. */
public final class SqliteJobQueueRepository implements JobQueueRepository {

    private static final int MAX_JOBS = 100_000;

    private final StoreAccess queue;
    private final InstantSource clock;

    /**
     * @param queue how to reach {@code queue.db}
     * @param clock the store's clock
     */
    public SqliteJobQueueRepository(StoreAccess queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public List<Enqueued> enqueue(List<NewJob> jobs) {
        if (jobs.size() > MAX_JOBS) {
            throw new IllegalArgumentException("at most " + MAX_JOBS + " jobs at once, not " + jobs.size());
        }
        List<NewJob> unchanging = List.copyOf(jobs);
        return unchanging.isEmpty()
                ? queue.read(connection -> List.of())
                : queue.write(connection -> List.copyOf(JobInsert.run(connection, unchanging, now())));
    }

    @Override
    public List<ClaimedJob> claim(ClaimRequest request) {
        return queue.write(connection -> List.copyOf(JobClaim.run(connection, request, now())));
    }

    @Override
    public boolean extend(Lease lease, Duration duration) {
        Lease.requireDuration(duration);
        return queue.write(connection -> JobEnd.extend(connection, lease, now().plus(duration)));
    }

    @Override
    public boolean complete(Lease lease, Optional<JsonText> result) {
        return queue.write(connection -> JobEnd.complete(connection, lease, result, now()));
    }

    @Override
    public boolean fail(Lease lease, String error, Optional<Duration> retryAfter) {
        retryAfter.ifPresent(RetryPolicy::requireDelay);
        String kept = Text.truncated(error, Job.MAX_ERROR_BYTES);
        return queue.write(connection -> {
            Instant now = now();
            return retryAfter.isPresent()
                    ? JobEnd.retry(connection, lease, kept, now.plus(retryAfter.get()))
                    : JobEnd.bury(connection, lease, kept, now);
        });
    }

    @Override
    public boolean release(Lease lease) {
        return queue.write(connection -> JobEnd.release(connection, lease, now()));
    }

    @Override
    public Optional<Job> job(JobId id) {
        return queue.read(connection -> connection.prepared(
                "SELECT " + JobColumns.OF_JOBS + " FROM jobs WHERE id = ?1 UNION ALL SELECT "
                        + JobColumns.OF_FINISHED_JOBS + " FROM finished_jobs WHERE id = ?1",
                statement -> {
                    statement.setLong(1, id.value());
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? Optional.of(JobColumns.read(row)) : Optional.<Job>empty();
                    }
                }));
    }

    @Override
    public Page<Job> jobs(JobFilter filter, PageRequest page) {
        JobQuery query = new JobQuery(filter, page);
        List<Job> found = queue.read(connection -> query.run(connection.handle()));
        return Page.of(found, page.limit(), job -> Cursor.of(job.id().toString()));
    }

    @Override
    public List<QueueCounts> counts() {
        return queue.read(connection -> connection.prepared("""
                SELECT queue, state, count(*) FROM jobs GROUP BY queue, state
                UNION ALL
                SELECT queue, state, count(*) FROM finished_jobs GROUP BY queue, state
                """, statement -> {
            Map<QueueName, Map<JobState, Long>> counts = new TreeMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    counts.computeIfAbsent(new QueueName(row.getString(1)), name -> new EnumMap<>(JobState.class))
                            .put(JobState.ofWireName(row.getString(2)), row.getLong(3));
                }
            }
            List<QueueCounts> answer = new ArrayList<>();
            counts.forEach((name, states) -> answer.add(new QueueCounts(name, states)));
            return List.copyOf(answer);
        }));
    }

    @Override
    public Optional<Duration> untilNextDue(QueueName name, Set<JobType> types) {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("types must not be empty");
        }
        Optional<Instant> due = queue.read(connection -> nextDue(connection, name, types));
        return due.map(time -> Duration.between(now(), time)).map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    @Override
    public int prune(Instant finishedBefore, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more");
        }
        long bound = Columns.of(Timestamps.microsUp("finishedBefore", finishedBefore));
        return queue.write(connection -> connection.prepared("""
                DELETE FROM finished_jobs WHERE id IN (
                    SELECT id FROM finished_jobs WHERE finished_at < ? ORDER BY finished_at, id LIMIT ?)
                """, statement -> {
            statement.setLong(1, bound);
            statement.setInt(2, max);
            return statement.executeUpdate();
        }));
    }

    /**
     * When the next job can be claimed. Goes from one priority to the next along the index of pending jobs, and looks at
     * the first of each only.
     */
    private static Optional<Instant> nextDue(StoreConnection connection, QueueName name, Set<JobType> types) {
        return connection.prepared("""
                WITH RECURSIVE level (priority) AS (
                    SELECT max(priority) FROM jobs WHERE queue = ?1 AND state = 'pending'
                    UNION ALL
                    SELECT (SELECT max(j.priority) FROM jobs j
                            WHERE j.queue = ?1 AND j.state = 'pending' AND j.priority < level.priority)
                    FROM level WHERE level.priority IS NOT NULL)
                SELECT min(due) AS due FROM (
                    SELECT (SELECT j.run_at FROM jobs j
                            WHERE j.queue = ?1 AND j.state = 'pending' AND j.priority = level.priority
                              AND j.type IN (SELECT value FROM json_each(?2))
                            ORDER BY j.run_at LIMIT 1) AS due
                    FROM level WHERE level.priority IS NOT NULL
                    UNION ALL
                    SELECT min(lease_until) FROM jobs
                    WHERE queue = ?1 AND state = 'running' AND type IN (SELECT value FROM json_each(?2)))
                """, statement -> {
            statement.setString(1, name.value());
            statement.setString(2, JobClaim.json(types));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Columns.optionalTime(row, "due");
            }
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
