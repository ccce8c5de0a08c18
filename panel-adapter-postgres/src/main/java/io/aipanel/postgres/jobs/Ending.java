package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.Columns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
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
                USING %s
                RETURNING job.*, %s
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
                INSERT INTO queue.tallies (queue, state, jobs, ended)
                SELECT queue, ended_state, count(*), count(*) FROM ended GROUP BY queue, ended_state
            ), limited AS MATERIALIZED (
                SELECT EXISTS (SELECT FROM queue.queues
                               WHERE max_running IS NOT NULL AND name IN (SELECT queue FROM ended)) AS answer
            )
            SELECT id, CASE WHEN concurrency_key IS NOT NULL THEN queue END AS queue, concurrency_key,
                   state = 'running' AND (concurrency_key IS NOT NULL OR (SELECT answer FROM limited)) AS awaited
            FROM ended
            """;

    /** Any jobs in any way. */
    private static final String END_ANY =
            END.formatted("""
            unnest(:ids, :tokens, :states, :results, :errors)
                AS ending (ended_id, ended_token, ended_state, ended_result, error)
            WHERE job.id = ended_id AND (ended_token IS NULL OR job.token = ended_token AND job.lease_until IS NOT NULL)
            """, "ended_state, ended_result, coalesce(error, last_error) AS ended_error");

    /**
     * Jobs without a concurrency key that are completed, which is nearly all. That a job runs is asked by its lease, here and
     * wherever jobs are looked for by their ids: asked by its state, the server would go through the index of running jobs
     * whenever it believes that hardly any run, and through all entries of jobs that have run.
     */
    static final String COMPLETE_PLAIN =
            END.formatted("""
            unnest(:ids, :tokens, :results) AS ending (ended_id, ended_token, ended_result)
            WHERE job.id = ended_id AND job.token = ended_token AND job.lease_until IS NOT NULL
              AND job.concurrency_key IS NULL
            """, "'completed' AS ended_state, ended_result, last_error AS ended_error");

    /** The end of a job whose row is ours already. */
    static Ending anyhow(long id, JobState state, @Nullable String error) {
        return new Ending(id, null, state, null, error);
    }

    /** Ends jobs; the answers are those that were ended, in no order. */
    static List<Ended> end(Handle handle, List<Ending> endings) {
        if (endings.isEmpty()) {
            return List.of();
        }
        return ended(bind(handle.createQuery(END_ANY), endings)
                .bind("states", Columns.texts(endings, end -> end.state().wireName()))
                .bind("errors", Columns.texts(endings, Ending::error)));
    }

    /** Completes those of the jobs that have no concurrency key. */
    static List<Ended> completePlain(Handle handle, List<Ending> endings) {
        return endings.isEmpty() ? List.of() : ended(bind(handle.createQuery(COMPLETE_PLAIN), endings));
    }

    /** Binds what {@link #COMPLETE_PLAIN} needs. */
    static Query bind(Query query, List<Ending> endings) {
        return query.bind("ids", Columns.longs(endings, Ending::id))
                .bind("tokens", Columns.longs(endings, Ending::token))
                .bind("results", Columns.texts(endings, Ending::result));
    }

    private static List<Ended> ended(Query query) {
        return query.map((row, context) -> new Ended(
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
