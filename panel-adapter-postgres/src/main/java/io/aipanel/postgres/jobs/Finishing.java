package io.aipanel.postgres.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.postgres.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How jobs end, wait for another attempt, and are forgotten. */
final class Finishing {

    /** The time of the end is told after the row is ours, because this may wait for a claim of the same job. */
    private static final String FINISH = """
            WITH ended AS (
                DELETE FROM queue.jobs
                WHERE id = :id AND token = :token AND state = 'running'
                RETURNING id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay,
                          attempt, created_at, run_at, started_at, worker, last_error, token
            )
            INSERT INTO queue.finished_jobs
                (id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
                 created_at, run_at, started_at, finished_at, worker, last_error, result, token)
            SELECT id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, :state,
                   attempt, created_at, run_at, started_at, clock_timestamp(), worker,
                   coalesce(:error, last_error), :result, token
            FROM ended
            """;

    private final Database database;

    Finishing(Database database) {
        this.database = database;
    }

    boolean complete(Lease lease, Optional<JsonText> result) {
        return finish(lease, JobState.COMPLETED, Optional.empty(), result.map(JsonText::value));
    }

    boolean fail(Lease lease, String error, Optional<Duration> retryAfter) {
        String kept = Text.truncated(error, Job.MAX_ERROR_BYTES);
        return retryAfter
                .map(delay -> waitForRetry(lease, kept, delay))
                .orElseGet(() -> finish(lease, JobState.DEAD_LETTER, Optional.of(kept), Optional.empty()));
    }

    boolean release(Lease lease) {
        return database.change(handle -> handle.createUpdate("""
                                UPDATE queue.jobs
                                SET state = 'pending', lease_until = NULL, attempt = attempt - 1,
                                    started_at = CASE WHEN attempt > 1 THEN started_at END,
                                    worker = CASE WHEN attempt > 1 THEN worker END
                                WHERE id = :id AND token = :token AND state = 'running'
                                """)
                        .bind("id", lease.jobId().value())
                        .bind("token", lease.token())
                        .execute()
                > 0);
    }

    int prune(Instant finishedBefore, int max) {
        return database.change(handle -> handle.createUpdate("""
                        DELETE FROM queue.finished_jobs
                        WHERE id IN (
                            SELECT id FROM queue.finished_jobs WHERE finished_at < :finishedBefore
                            ORDER BY finished_at, id LIMIT :max FOR UPDATE SKIP LOCKED
                        )
                        """)
                .bind("finishedBefore", Timestamps.microsUp("finishedBefore", finishedBefore))
                .bind("max", max)
                .execute());
    }

    private boolean waitForRetry(Lease lease, String error, Duration delay) {
        return database.change(handle -> handle.createUpdate("""
                                UPDATE queue.jobs
                                SET state = 'pending', lease_until = NULL, last_error = :error,
                                    run_at = clock_timestamp() + :delay * interval '1 microsecond'
                                WHERE id = :id AND token = :token AND state = 'running'
                                """)
                        .bind("error", error)
                        .bind("delay", Delays.toMicros(delay))
                        .bind("id", lease.jobId().value())
                        .bind("token", lease.token())
                        .execute()
                > 0);
    }

    private boolean finish(Lease lease, JobState state, Optional<String> error, Optional<String> result) {
        return database.change(handle -> handle.createUpdate(FINISH)
                        .bind("id", lease.jobId().value())
                        .bind("token", lease.token())
                        .bind("state", state.wireName())
                        .bind("error", error)
                        .bind("result", result)
                        .execute()
                > 0);
    }
}
