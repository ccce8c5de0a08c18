package io.aipanel.postgres.jobs;

import io.aipanel.domain.Timestamps;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.postgres.storage.Database;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How finished jobs are forgotten. */
final class Pruning {

    /** How many jobs are looked at in one statement. */
    private static final int PART = 10_000;

    private final Database database;

    Pruning(Database database) {
        this.database = database;
    }

    int prune(JobState state, Instant finishedBefore, int max) {
        Instant before = Timestamps.microsUp("finishedBefore", finishedBefore);
        return database.change(handle -> {
            int removed = 0;
            long after = 0;
            boolean more = true;
            while (more && removed < max) {
                Part part = look(handle, state, before, after, max - removed);
                removed += remove(handle, part.ids());
                after = part.last();
                more = part.hasMore();
            }
            RecentKeys.prune(handle, PART);
            return removed;
        });
    }

    /**
     * Goes by id, which needs no index on the time of the end: nothing has ended before it was created, so all that comes
     * after a job that was created too late has come too late, too.
     */
    private static Part look(Handle handle, JobState state, Instant before, long after, int max) {
        // Said in so many words, so that the index on the few that were not completed is found.
        String few = state == JobState.COMPLETED ? "" : " AND state = :state AND state <> 'completed'";
        return handle.createQuery("""
                        WITH part AS MATERIALIZED (
                            SELECT id, state, created_at, finished_at FROM queue.finished_jobs
                            WHERE id > :after%s
                            ORDER BY id LIMIT :part
                        ), stop AS MATERIALIZED (
                            SELECT min(id) AS id FROM part WHERE created_at >= :before
                        )
                        SELECT coalesce((SELECT max(id) FROM part), 0) AS last,
                               (SELECT count(*) FROM part) = :part AND (SELECT id FROM stop) IS NULL AS has_more,
                               ARRAY(SELECT part.id FROM part, stop
                                     WHERE part.state = :state AND part.finished_at < :before
                                       AND (stop.id IS NULL OR part.id < stop.id)
                                     ORDER BY part.id LIMIT :max) AS ids
                        """.formatted(few))
                .bind("after", after)
                .bind("part", PART)
                .bind("state", state.wireName())
                .bind("before", before)
                .bind("max", max)
                .map((row, context) -> new Part(row.getLong("last"), row.getBoolean("has_more"), List.of((Long[])
                        row.getArray("ids").getArray())))
                .one();
    }

    private static int remove(Handle handle, List<Long> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        int removed = Tallies.remove(handle, ids);
        handle.createUpdate("DELETE FROM queue.failures WHERE job = ANY (:ids)")
                .bindArray("ids", Long.class, ids.toArray())
                .execute();
        handle.createUpdate("DELETE FROM queue.job_log WHERE job = ANY (:ids)")
                .bindArray("ids", Long.class, ids.toArray())
                .execute();
        return removed;
    }

    /** What a look has found: up to which id it went, whether there is more, and what may go. */
    private record Part(long last, boolean hasMore, List<Long> ids) {}
}
