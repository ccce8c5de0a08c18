package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Which job has a unique key: one that is pending or running, or one that keeps it for a period. */
final class UniqueKeys {

    private UniqueKeys() {}

    /** What must be unique. */
    record Key(String queue, String type, String value) {}

    /** A job that keeps its key until a time. */
    record Kept(Key key, long job, Instant until) {}

    static Optional<JobId> holder(StoreConnection queue, Key key, Instant now) {
        try (Rows row = queue.rows("""
                SELECT id FROM jobs WHERE queue = ?1 AND type = ?2 AND unique_key = ?3
                UNION ALL
                SELECT job FROM recent_keys WHERE queue = ?1 AND type = ?2 AND unique_key = ?3 AND until > ?4
                """, statement -> {
            statement.setString(1, key.queue());
            statement.setString(2, key.type());
            statement.setString(3, key.value());
            statement.setLong(4, Columns.of(now));
        })) {
            return row.next() ? Optional.of(new JobId(row.number())) : Optional.empty();
        }
    }

    static void keep(StoreConnection queue, Collection<Kept> kept) {
        queue.changeEach("""
                INSERT INTO recent_keys (queue, type, unique_key, job, until) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (queue, type, unique_key) DO UPDATE SET job = excluded.job, until = excluded.until
                """, kept, (statement, one) -> {
            statement.setString(1, one.key().queue());
            statement.setString(2, one.key().type());
            statement.setString(3, one.key().value());
            statement.setLong(4, one.job());
            statement.setLong(5, Columns.of(one.until()));
        });
    }

    /** Forgets keys whose period is over. */
    static void forget(StoreConnection queue, Instant now, int max) {
        queue.change("""
                DELETE FROM recent_keys WHERE (queue, type, unique_key) IN (
                    SELECT queue, type, unique_key FROM recent_keys WHERE until <= ? ORDER BY until LIMIT ?)
                """, statement -> {
            statement.setLong(1, Columns.of(now));
            statement.setInt(2, max);
        });
    }
}
