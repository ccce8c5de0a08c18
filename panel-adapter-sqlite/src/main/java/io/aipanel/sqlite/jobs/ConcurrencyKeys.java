package io.aipanel.sqlite.jobs;

import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The jobs of a queue that may not all run at once. One that a claim meets while as many with its key run as may is held: it
 * leaves the index that claims read, so that the next claim does not meet it again. A job is held only while its key is
 * full; whoever makes room lets the next ones out, of each lane as many as could start, since it is not known which types
 * the next worker handles.
 */
final class ConcurrencyKeys {

    private final StoreConnection connection;
    private final String queue;
    private final int most;
    private final Map<String, Integer> room = new HashMap<>();

    /**
     * @param queue the name of the queue
     * @param most how many jobs with the same key may run at once
     */
    ConcurrencyKeys(StoreConnection connection, String queue, int most) {
        this.connection = connection;
        this.queue = queue;
        this.most = most;
    }

    static ConcurrencyKeys of(StoreConnection connection, String queue) {
        try (Rows row = connection.rows("SELECT max_running_per_key FROM queues WHERE name = ?", statement -> {
            statement.setString(1, queue);
        })) {
            return new ConcurrencyKeys(connection, queue, row.next() ? row.integer() : 1);
        }
    }

    boolean isFull(String key) {
        return room.computeIfAbsent(key, this::count) <= 0;
    }

    /** Notes that a job with a key starts. */
    void start(String key) {
        room.merge(key, -1, Integer::sum);
    }

    /** Holds pending jobs, whose keys are full. */
    static void hold(StoreConnection connection, Collection<Long> jobs) {
        connection.change("UPDATE jobs SET held = 1 WHERE id IN (SELECT value FROM json_each(?))", statement -> {
            statement.setString(1, Json.numbers(jobs));
        });
    }

    /** Lets out those who are next, after something with these keys has ended or has left the queue. */
    static void letNextOut(StoreConnection connection, Set<Waiting> keys) {
        Map<String, ConcurrencyKeys> queues = new HashMap<>();
        for (Waiting waiting : keys) {
            queues.computeIfAbsent(waiting.queue(), queue -> of(connection, queue))
                    .letNextOut(waiting.key());
        }
    }

    /** Lets out those who are next, after the limit was raised. */
    void letNextOutOfAllKeys() {
        Set<String> keys = new HashSet<>();
        try (Rows row = connection.rows(
                "SELECT DISTINCT concurrency_key FROM jobs WHERE queue = ? AND held = 1",
                statement -> statement.setString(1, queue))) {
            while (row.next()) {
                keys.add(row.text());
            }
        }
        keys.forEach(this::letNextOut);
    }

    private void letNextOut(String key) {
        if (!anyHeld(key) || isFull(key)) {
            return;
        }
        connection.change("""
                UPDATE jobs SET held = 0 WHERE id IN (
                    SELECT h.id FROM lanes l CROSS JOIN jobs h ON h.id IN (
                        SELECT id FROM jobs
                        WHERE queue = ?1 AND concurrency_key = ?2 AND lane = l.id AND held = 1
                        ORDER BY run_at, id LIMIT ?3)
                    WHERE l.queue = ?1)
                """, statement -> {
            statement.setString(1, queue);
            statement.setString(2, key);
            statement.setInt(3, room.get(key));
        });
    }

    private boolean anyHeld(String key) {
        try (Rows row = connection.rows(
                "SELECT 1 FROM jobs WHERE queue = ? AND concurrency_key = ? AND held = 1 LIMIT 1", statement -> {
                    statement.setString(1, queue);
                    statement.setString(2, key);
                })) {
            return row.next();
        }
    }

    private int count(String key) {
        try (Rows row = connection.rows("""
                SELECT count(*) FROM (
                    SELECT 1 FROM jobs WHERE queue = ? AND concurrency_key = ? AND state = 'running' LIMIT ?)
                """, statement -> {
            statement.setString(1, queue);
            statement.setString(2, key);
            statement.setInt(3, most);
        })) {
            row.next();
            return most - row.integer();
        }
    }

    /** A key of a queue, for which others may be waiting. */
    record Waiting(String queue, String key) {}
}
