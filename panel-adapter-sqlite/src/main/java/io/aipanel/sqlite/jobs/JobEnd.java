package io.aipanel.sqlite.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can become of an attempt. Each asks for the latest lease, and changes nothing without it. */
final class JobEnd {

    private JobEnd() {}

    static boolean extend(StoreConnection queue, Lease lease, Instant until) {
        return queue.prepared("""
                UPDATE jobs SET lease_until = ? WHERE id = ? AND token = ? AND state = 'running'
                """, statement -> {
            statement.setLong(1, Columns.of(until));
            statement.setLong(2, lease.jobId().value());
            statement.setLong(3, lease.token());
            return statement.executeUpdate() > 0;
        });
    }

    static boolean complete(StoreConnection queue, Lease lease, Optional<JsonText> result, Instant now) {
        return finish(
                queue,
                lease,
                JobState.COMPLETED,
                null,
                result.map(JsonText::value).orElse(null),
                now);
    }

    static boolean bury(StoreConnection queue, Lease lease, String error, Instant now) {
        return finish(queue, lease, JobState.DEAD_LETTER, error, null, now);
    }

    static boolean retry(StoreConnection queue, Lease lease, String error, Instant runAt) {
        boolean latest = queue.prepared("""
                UPDATE jobs SET state = 'pending', run_at = ?, last_error = ?, lease_until = NULL
                WHERE id = ? AND token = ? AND state = 'running'
                """, statement -> {
            statement.setLong(1, Columns.of(runAt));
            statement.setString(2, error);
            statement.setLong(3, lease.jobId().value());
            statement.setLong(4, lease.token());
            return statement.executeUpdate() > 0;
        });
        queue.announce();
        return latest;
    }

    /** An attempt that does not count leaves no trace, unless there was one before it. */
    static boolean release(StoreConnection queue, Lease lease, Instant now) {
        boolean latest = queue.prepared("""
                UPDATE jobs
                SET state = 'pending', attempt = attempt - 1, run_at = min(run_at, ?), lease_until = NULL,
                    started_at = CASE WHEN attempt > 1 THEN started_at END,
                    worker = CASE WHEN attempt > 1 THEN worker END
                WHERE id = ? AND token = ? AND state = 'running'
                """, statement -> {
            statement.setLong(1, Columns.of(now));
            statement.setLong(2, lease.jobId().value());
            statement.setLong(3, lease.token());
            return statement.executeUpdate() > 0;
        });
        queue.announce();
        return latest;
    }

    private static boolean finish(
            StoreConnection queue,
            Lease lease,
            JobState state,
            @Nullable String error,
            @Nullable String result,
            Instant now) {
        int moved = queue.prepared("""
                INSERT INTO finished_jobs
                    (id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state,
                     attempt, created_at, run_at, started_at, finished_at, worker, last_error, result, token)
                SELECT id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, ?,
                       attempt, created_at, run_at, started_at, ?, worker, coalesce(?, last_error), ?, token
                FROM jobs WHERE id = ? AND token = ? AND state = 'running'
                """, statement -> {
            statement.setString(1, state.wireName());
            statement.setLong(2, Columns.of(now));
            statement.setString(3, error);
            statement.setString(4, result);
            statement.setLong(5, lease.jobId().value());
            statement.setLong(6, lease.token());
            return statement.executeUpdate();
        });
        if (moved == 0) {
            return false;
        }
        return queue.prepared("DELETE FROM jobs WHERE id = ?", statement -> {
            statement.setLong(1, lease.jobId().value());
            return statement.executeUpdate() > 0;
        });
    }
}
