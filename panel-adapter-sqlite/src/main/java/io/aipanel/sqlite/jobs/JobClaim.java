package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes jobs in one statement. Those that wait come from an index in the order of claims, so that the search ends as soon
 * as there are enough; those whose lease has ended are few.
 */
final class JobClaim {

    private static final Comparator<ClaimedJob> ORDER = Comparator.comparing(
                    ClaimedJob::job, Comparator.comparingInt(Job::priority).reversed())
            .thenComparing(claimed -> claimed.job().runAt())
            .thenComparing(claimed -> claimed.job().id());

    private JobClaim() {}

    static List<ClaimedJob> run(StoreConnection queue, ClaimRequest request, Instant now) {
        Instant leaseUntil = now.plus(request.lease());
        return queue.prepared("""
                UPDATE jobs
                SET state = 'running', attempt = attempt + 1, started_at = ?1, worker = ?2,
                    token = token + 1, lease_until = ?3
                WHERE id IN (
                    SELECT id FROM (
                        SELECT id, priority, run_at FROM (
                            SELECT id, priority, run_at FROM jobs
                            WHERE queue = ?4 AND state = 'pending' AND run_at <= ?1
                              AND type IN (SELECT value FROM json_each(?5))
                            ORDER BY priority DESC, run_at, id LIMIT ?6)
                        UNION ALL
                        SELECT id, priority, run_at FROM jobs
                        WHERE queue = ?4 AND state = 'running' AND lease_until <= ?1
                          AND type IN (SELECT value FROM json_each(?5)))
                    ORDER BY priority DESC, run_at, id LIMIT ?6)
                RETURNING id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state,
                    attempt, created_at, run_at, started_at, NULL AS finished_at, worker, last_error, NULL AS result,
                    token, lease_until
                """, statement -> {
            statement.setLong(1, Columns.of(now));
            statement.setString(2, request.worker());
            statement.setLong(3, Columns.of(leaseUntil));
            statement.setString(4, request.queue().value());
            statement.setString(5, json(request.types()));
            statement.setInt(6, request.max());
            return claimed(statement);
        });
    }

    /** SQLite gives the rows in the order in which it found them, which is not the promised one. */
    private static List<ClaimedJob> claimed(PreparedStatement statement) throws SQLException {
        List<ClaimedJob> jobs = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Job job = JobColumns.read(row);
                jobs.add(new ClaimedJob(
                        job, new Lease(job.id(), row.getLong("token")), Columns.time(row, "lease_until")));
            }
        }
        jobs.sort(ORDER);
        return jobs;
    }

    /** Names of types need no escapes. */
    static String json(Set<JobType> types) {
        return types.stream().map(type -> '"' + type.value() + '"').collect(Collectors.joining(",", "[", "]"));
    }
}
