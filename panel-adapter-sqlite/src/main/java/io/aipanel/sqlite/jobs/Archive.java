package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where jobs go when they have ended: out of the small hot table, into the history. */
final class Archive {

    private Archive() {}

    /** Ends jobs that leave no result. */
    static void add(StoreConnection queue, JobState state, Collection<LiveJob> jobs, Instant now) {
        Map<LiveJob, @Nullable String> results = new LinkedHashMap<>();
        jobs.forEach(job -> results.put(job, null));
        add(queue, state, results, now);
    }

    /**
     * Ends jobs.
     *
     * @param results which jobs, each with its result, if there is one
     */
    static void add(StoreConnection queue, JobState state, Map<LiveJob, @Nullable String> results, Instant now) {
        if (results.isEmpty()) {
            return;
        }
        Map<Long, @Nullable String> texts = new LinkedHashMap<>();
        Map<Long, Integer> lanes = new HashMap<>();
        results.forEach((job, result) -> {
            texts.put(job.id(), result);
            lanes.merge(job.lane(), 1, Integer::sum);
        });
        String members = Json.members(texts);
        queue.change("""
                INSERT INTO finished_jobs
                    (id, lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                     max_delay, state, attempt, earlier_attempts, created_at, run_at, started_at, finished_at, worker,
                     last_error, result, token, progress_percent, progress_text, cancel_requested)
                SELECT j.id, j.lane, j.type, j.queue, j.payload, j.priority, j.unique_key, j.concurrency_key,
                       j.max_attempts, j.first_delay, j.max_delay, ?1, j.attempt, j.earlier_attempts, j.created_at,
                       j.run_at, j.started_at, ?2, j.worker, j.last_error, ended.value, j.token, j.progress_percent,
                       j.progress_text, j.cancel_requested
                FROM json_each(?3) ended CROSS JOIN jobs j ON j.id = CAST(ended.key AS INTEGER)
                """, statement -> {
            statement.setString(1, state.wireName());
            statement.setLong(2, Columns.of(now));
            statement.setString(3, members);
        });
        queue.change(
                "DELETE FROM jobs WHERE id IN (SELECT value FROM json_each(?))",
                statement -> statement.setString(1, Json.numbers(texts.keySet())));
        Tallies.add(queue, state, lanes);
    }
}
