package io.aipanel.sqlite.jobs;

import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What keeps the jobs of a queue store that was set back apart from those of the time that is no longer in it: somebody may
 * still hold a lease, or have noted an id.
 */
public final class Incarnation {

    /** More than any job was ever claimed in one incarnation. */
    private static final long TOKENS = 1L << 32;
    /** More jobs than are enqueued between a backup and the loss of what came after it. */
    private static final long IDS = 1_000_000_000;

    private Incarnation() {}

    /** The highest id that was ever given to a job; 0 if none was. */
    public static long lastId(StoreConnection queue) {
        try (Rows row = queue.rows("SELECT seq FROM sqlite_sequence WHERE name = 'jobs'", statement -> {})) {
            return row.next() ? row.number() : 0;
        }
    }

    /**
     * Begins another incarnation: no lease that was given before is good, and no id is given again.
     *
     * @param lastId the highest id that was given in the time that is no longer there; empty if nobody knows
     */
    public static void begin(StoreConnection queue, OptionalLong lastId, Instant now) {
        // By the time, because the same copy may be restored twice.
        long token = Columns.of(now) + TOKENS;
        queue.change("UPDATE jobs SET token = max(token + ?, ?), lease_until = min(lease_until, ?)", statement -> {
            statement.setLong(1, TOKENS);
            statement.setLong(2, token);
            statement.setLong(3, Columns.of(now));
        });
        queue.change("UPDATE finished_jobs SET token = max(token + ?, ?) WHERE state <> 'completed'", statement -> {
            statement.setLong(1, TOKENS);
            statement.setLong(2, token);
        });
        queue.change("DELETE FROM workers", statement -> {});
        long own = lastId(queue);
        long last = Math.max(own, lastId.orElse(own + IDS));
        queue.change("DELETE FROM sqlite_sequence WHERE name = 'jobs'", statement -> {});
        queue.change(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('jobs', ?)", statement -> statement.setLong(1, last));
    }
}
