package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.Rows;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Pending jobs that are put aside because as many with their concurrency key are running as may. Whoever changes what is
 * held, or ends a job that counts, holds the lock on the queue's limits; so when it is free, a lane has a held job only
 * while its key is full, or has others with the key that a claim can take.
 */
final class HeldJobs {

    private HeldJobs() {}

    /** How many jobs run with some of the keys; those with none are left out. */
    static Map<String, Integer> running(Handle handle, QueueName queue, Collection<String> keys) {
        Map<String, Integer> running = new HashMap<>();
        handle.createQuery("""
                        SELECT concurrency_key, count(*) AS running FROM queue.jobs
                        WHERE queue = :queue AND state = 'running' AND concurrency_key = ANY (:keys)
                        GROUP BY concurrency_key
                        """)
                .bind("queue", queue.value())
                .bindArray("keys", String.class, keys.toArray())
                .map((row, context) -> running.put(row.getString("concurrency_key"), row.getInt("running")))
                .list();
        return running;
    }

    /** Puts jobs aside. */
    static void hold(Handle handle, List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("UPDATE queue.jobs SET held = true WHERE id = ANY (:ids)")
                    .bindArray("ids", Long.class, ids.toArray())
                    .execute();
        }
    }

    /** Lets those come next whose key is no longer full; of each lane as many as there are free places. */
    static void release(Handle handle, QueueStore store, Map<QueueName, Set<String>> keys) {
        keys.forEach((queue, ofQueue) -> release(handle, store, queue, ofQueue.toArray()));
    }

    /** The same, for every key of a queue with held jobs. */
    static void releaseAll(Handle handle, QueueStore store, QueueName queue) {
        Object[] keys = handle.createQuery("""
                        WITH RECURSIVE key (name) AS (
                            SELECT min(concurrency_key) FROM queue.jobs WHERE held AND queue = :queue
                            UNION ALL
                            SELECT (SELECT min(concurrency_key) FROM queue.jobs
                                    WHERE held AND queue = :queue AND concurrency_key > key.name)
                            FROM key WHERE key.name IS NOT NULL
                        )
                        SELECT name FROM key WHERE name IS NOT NULL
                        """)
                .bind("queue", queue.value())
                .mapTo(String.class)
                .list()
                .toArray();
        release(handle, store, queue, keys);
    }

    private static void release(Handle handle, QueueStore store, QueueName queue, Object[] keys) {
        handle.createQuery("""
                        WITH free AS MATERIALIZED (
                            SELECT name AS key,
                                   coalesce((SELECT max_running_per_key FROM queue.queues WHERE name = :queue), 1)
                                   - (SELECT count(*) FROM queue.jobs
                                      WHERE state = 'running' AND queue = :queue AND concurrency_key = wanted.name)
                                       AS places
                            FROM unnest(:keys) AS wanted (name)
                        ), next AS (
                            SELECT job.id
                            FROM free
                            CROSS JOIN queue.lanes
                            CROSS JOIN LATERAL (
                                SELECT id FROM queue.jobs
                                WHERE held AND queue = :queue AND concurrency_key = free.key AND lane = lanes.id
                                ORDER BY run_at, id
                                LIMIT greatest(0, free.places)
                                FOR UPDATE
                            ) AS job
                            WHERE lanes.queue = :queue
                        )
                        UPDATE queue.jobs SET held = false
                        WHERE id = ANY (ARRAY(SELECT id FROM next))
                        RETURNING lane, run_at, id
                        """)
                .bind("queue", queue.value())
                .bindArray("keys", String.class, keys)
                .map((row, context) -> {
                    store.floors(queue).lower(row.getInt("lane"), Rows.time(row, "run_at"), row.getLong("id"));
                    return true;
                })
                .list();
    }
}
