package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How workers get jobs out of {@code queue.jobs} and keep them. */
final class Claiming {

    /**
     * Two short searches, each along an index of its own, and the best of both. The added interval keeps the planner
     * from the index on run_at, which it would take while its statistics are old: it would read and sort the whole
     * backlog.
     */
    private static final String CLAIM = """
            WITH waiting AS (
                SELECT id, priority, run_at FROM queue.jobs
                WHERE queue = :queue AND state = 'pending' AND type = ANY (:types)
                  AND run_at + interval '0' <= statement_timestamp()
                ORDER BY priority DESC, run_at, id
                LIMIT :max
                FOR UPDATE SKIP LOCKED
            ), abandoned AS (
                SELECT id, priority, run_at FROM queue.jobs
                WHERE queue = :queue AND state = 'running' AND lease_until <= statement_timestamp()
                  AND type = ANY (:types)
                ORDER BY priority DESC, run_at, id
                LIMIT :max
                FOR UPDATE SKIP LOCKED
            ), chosen AS (
                SELECT id FROM (TABLE waiting UNION ALL TABLE abandoned) AS due
                ORDER BY priority DESC, run_at, id
                LIMIT :max
            ), claimed AS (
                UPDATE queue.jobs
                SET state = 'running', attempt = attempt + 1, token = token + 1, worker = :worker,
                    started_at = statement_timestamp(),
                    lease_until = statement_timestamp() + :lease * interval '1 microsecond'
                WHERE id IN (SELECT id FROM chosen)
                RETURNING token, lease_until,
            """ + JobRow.OF_JOBS + """
            )
            SELECT * FROM claimed
            ORDER BY priority DESC, run_at, id
            """;

    private final Database database;

    Claiming(Database database) {
        this.database = database;
    }

    List<ClaimedJob> claim(ClaimRequest request) {
        return database.change(handle -> handle.createQuery(CLAIM)
                .bind("queue", request.queue().value())
                .bindArray("types", String.class, names(request.types()))
                .bind("max", request.max())
                .bind("worker", request.worker())
                .bind("lease", Delays.toMicros(request.lease()))
                .map((row, context) -> claimed(row))
                .list());
    }

    /** Counts from the moment the row is ours, because this may wait for a claim of the same job. */
    boolean extend(Lease lease, Duration duration) {
        return database.change(handle -> handle.createUpdate("""
                                UPDATE queue.jobs
                                SET lease_until = clock_timestamp() + :duration * interval '1 microsecond'
                                WHERE id = :id AND token = :token AND state = 'running'
                                """)
                        .bind("duration", Delays.toMicros(duration))
                        .bind("id", lease.jobId().value())
                        .bind("token", lease.token())
                        .execute()
                > 0);
    }

    Optional<Duration> untilNextDue(QueueName queue, Collection<JobType> types) {
        return database.read(handle -> handle.createQuery("""
                        SELECT ceil(extract(epoch FROM min(due) - statement_timestamp()) * 1000000)::bigint
                        FROM (
                            (SELECT run_at AS due FROM queue.jobs
                             WHERE queue = :queue AND state = 'pending' AND type = ANY (:types)
                             ORDER BY run_at LIMIT 1)
                            UNION ALL
                            (SELECT lease_until FROM queue.jobs
                             WHERE queue = :queue AND state = 'running' AND type = ANY (:types)
                             ORDER BY lease_until LIMIT 1)
                        ) AS next
                        """)
                .bind("queue", queue.value())
                .bindArray("types", String.class, names(types))
                .mapTo(Long.class)
                .findOne()
                .map(micros -> Delays.ofMicros(Math.max(0, micros))));
    }

    private static Object[] names(Collection<JobType> types) {
        return types.stream().map(JobType::value).toArray();
    }

    private static ClaimedJob claimed(ResultSet row) throws SQLException {
        Job job = JobRow.job(row);
        return new ClaimedJob(job, new Lease(job.id(), row.getLong("token")), Rows.time(row, "lease_until"));
    }
}
