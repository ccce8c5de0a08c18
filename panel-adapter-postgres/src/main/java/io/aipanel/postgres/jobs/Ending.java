package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The end of a job: it leaves {@code queue.jobs} for {@code queue.finished_jobs}.
 *
 * @param id the job
 * @param token the token of the lease that gives the right to end it; null to end it in any case
 * @param state how it ends
 * @param result what its handler answered; null for nothing
 * @param error what its last error is from now on; null to leave that as it was
 */
record Ending(
        long id,
        @Nullable Long token,
        JobState state,
        @Nullable String result,
        @Nullable String error) {

    /** The time of the end is told after the row is ours, because this may wait for a claim of the same job. */
    private static final String END = """
            WITH ended AS (
                DELETE FROM queue.jobs AS job
                USING unnest(:ids, :tokens, :states, :results, :errors)
                    AS ending (ended_id, ended_token, ended_state, ended_result, ended_error)
                WHERE job.id = ending.ended_id
                  AND (ended_token IS NULL OR job.token = ended_token AND job.state = 'running')
                  AND (:keyed OR job.concurrency_key IS NULL)
                RETURNING job.*, ended_state, ended_result, coalesce(ended_error, last_error) AS ended_error
            ), kept AS (
                INSERT INTO queue.finished_jobs
                    (id, lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                     max_delay, attempt, earlier_attempts, created_at, run_at, started_at, worker, last_error,
                     progress_percent, progress_text, cancel_requested, log_lines, token, state, finished_at, result)
                SELECT id, lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                       max_delay, attempt, earlier_attempts, created_at, run_at, started_at, worker, ended_error,
                       progress_percent, progress_text, cancel_requested, log_lines, token, ended_state,
                       clock_timestamp(), ended_result
                FROM ended
            ), counted AS (
                INSERT INTO queue.tallies (queue, state, jobs)
                SELECT queue, ended_state, count(*) FROM ended GROUP BY queue, ended_state
            ), limited AS MATERIALIZED (
                SELECT EXISTS (SELECT FROM queue.queues
                               WHERE max_running IS NOT NULL AND name IN (SELECT queue FROM ended)) AS answer
            )
            SELECT id, CASE WHEN concurrency_key IS NOT NULL THEN queue END AS queue, concurrency_key,
                   state = 'running' AND (concurrency_key IS NOT NULL OR (SELECT answer FROM limited)) AS awaited
            FROM ended
            """;

    /** The end of a job whose row is ours already. */
    static Ending anyhow(long id, JobState state, @Nullable String error) {
        return new Ending(id, null, state, null, error);
    }

    /** Ends jobs; the answers are those that were ended, in no order. */
    static List<Ended> end(Handle handle, List<Ending> endings) {
        return end(handle, endings, true);
    }

    /** Ends only those of the jobs that have no concurrency key. */
    static List<Ended> endPlain(Handle handle, List<Ending> endings) {
        return end(handle, endings, false);
    }

    private static List<Ended> end(Handle handle, List<Ending> endings, boolean keyed) {
        if (endings.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(END)
                .bindArray("ids", Long.class, endings.stream().map(Ending::id).toArray())
                .bindArray(
                        "tokens",
                        Long.class,
                        endings.stream().map(Ending::token).toArray())
                .bindArray(
                        "states",
                        String.class,
                        endings.stream().map(end -> end.state().wireName()).toArray())
                .bindArray(
                        "results",
                        String.class,
                        endings.stream().map(Ending::result).toArray())
                .bindArray(
                        "errors",
                        String.class,
                        endings.stream().map(Ending::error).toArray())
                .bind("keyed", keyed)
                .map((row, context) -> new Ended(
                        row.getLong("id"),
                        row.getString("queue"),
                        row.getString("concurrency_key"),
                        row.getBoolean("awaited")))
                .list();
    }

    /**
     * A job that has ended.
     *
     * @param id the job
     * @param queue where it was; null if it had no concurrency key
     * @param key its concurrency key; null for none
     * @param isAwaited whether others may have waited for its end, because of a limit
     */
    record Ended(long id, @Nullable String queue, @Nullable String key, boolean isAwaited) {

        /** The keys of jobs, by queue. */
        static Map<QueueName, Set<String>> keys(List<Ended> jobs) {
            Map<QueueName, Set<String>> keys = new HashMap<>();
            for (Ended job : jobs) {
                if (job.queue() != null && job.key() != null) {
                    keys.computeIfAbsent(new QueueName(job.queue()), queue -> new TreeSet<>())
                            .add(job.key());
                }
            }
            return keys;
        }
    }
}
