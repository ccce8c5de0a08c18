package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.NewJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** {@code queue.recent_keys}: unique keys that jobs keep for a period, even if they have ended by then. */
final class RecentKeys {

    private RecentKeys() {}

    /** The jobs that keep some of the keys. */
    static Map<UniqueJob, Long> holdersOf(Handle handle, Collection<UniqueJob> keys) {
        Map<UniqueJob, Long> found = new HashMap<>();
        if (!keys.isEmpty()) {
            UniqueJob.bind(handle.createQuery("""
                            SELECT job, recent.queue, recent.type, recent.unique_key
                            FROM queue.recent_keys AS recent
                            JOIN unnest(:queues, :types, :uniqueKeys) AS wanted (queue, type, unique_key)
                              ON recent.queue = wanted.queue
                             AND recent.type = wanted.type
                             AND recent.unique_key = wanted.unique_key
                            WHERE recent.until > statement_timestamp()
                            """), keys)
                    .map((row, context) -> Map.entry(UniqueJob.of(row), row.getLong("job")))
                    .forEach(holder -> found.put(holder.getKey(), holder.getValue()));
        }
        return found;
    }

    /**
     * Notes that new jobs keep their keys.
     *
     * @param added the jobs that were added just now
     * @param jobs with a period
     */
    static void keep(Handle handle, Map<UniqueJob, Long> added, List<NewJob> jobs) {
        List<Kept> kept = new ArrayList<>();
        for (NewJob job : jobs) {
            UniqueJob key = UniqueJob.of(job).orElseThrow();
            Long id = added.get(key);
            if (id != null) {
                kept.add(new Kept(key, id, Delays.toMicros(job.uniqueFor().orElseThrow())));
            }
        }
        if (kept.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO queue.recent_keys (queue, type, unique_key, job, until)
                        SELECT queue, type, unique_key, job, statement_timestamp() + period * interval '1 microsecond'
                        FROM unnest(:queues, :types, :uniqueKeys, :jobs, :periods)
                             AS kept (queue, type, unique_key, job, period)
                        ON CONFLICT (queue, type, unique_key) DO UPDATE
                        SET job = excluded.job, until = excluded.until
                        """)
                .bindArray(
                        "queues",
                        String.class,
                        kept.stream().map(row -> row.key().queue()).toArray())
                .bindArray(
                        "types",
                        String.class,
                        kept.stream().map(row -> row.key().type()).toArray())
                .bindArray(
                        "uniqueKeys",
                        String.class,
                        kept.stream().map(row -> row.key().key()).toArray())
                .bindArray("jobs", Long.class, kept.stream().map(Kept::id).toArray())
                .bindArray(
                        "periods", Long.class, kept.stream().map(Kept::period).toArray())
                .execute();
    }

    /** Removes some of the keys whose period is over. */
    static void prune(Handle handle, int max) {
        handle.createUpdate("""
                        DELETE FROM queue.recent_keys
                        WHERE (queue, type, unique_key) IN (
                            SELECT queue, type, unique_key FROM queue.recent_keys
                            WHERE until <= statement_timestamp()
                            ORDER BY until LIMIT :max FOR UPDATE SKIP LOCKED
                        )
                        """).bind("max", max).execute();
    }

    private record Kept(UniqueJob key, long id, long period) {}
}
