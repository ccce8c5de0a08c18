package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.Optional;

/** How many jobs of a queue may be started now, by its limits. */
final class Allowance {

    private final StoreConnection connection;
    private final QueueSettings settings;
    private final Instant now;

    Allowance(StoreConnection connection, QueueSettings settings, Instant now) {
        this.connection = connection;
        this.settings = settings;
        this.now = now;
    }

    /** How many, none if the queue is paused. */
    int starts() {
        return hasPlace() ? Math.min(places(), bucket().map(TokenBucket::tokens).orElse(Integer.MAX_VALUE)) : 0;
    }

    /** Whether one more may run, were it not for the rate. */
    boolean hasPlace() {
        return !settings.queue().paused() && places() > 0;
    }

    /** From when on the rate allows a start; empty if there is no rate. */
    Optional<Instant> nextToken() {
        return bucket().map(TokenBucket::nextToken);
    }

    /** Notes that so many were started. */
    void started(int jobs) {
        if (jobs == 0) {
            return;
        }
        bucket().map(bucket -> bucket.fullAfter(jobs))
                .ifPresent(full -> connection.change(
                        "UPDATE queues SET rate_full_at = ?, rate_rest = ? WHERE name = ?", statement -> {
                            statement.setLong(1, Columns.of(full.at()));
                            statement.setLong(2, full.rest());
                            statement.setString(3, settings.queue().name().value());
                        }));
    }

    private Optional<TokenBucket> bucket() {
        Optional<RateLimit> rate = settings.limits().rate();
        return rate.map(limit -> new TokenBucket(limit, settings.bucketFull(), now));
    }

    private int places() {
        return settings.limits().maxRunning().map(max -> max - running(max)).orElse(Integer.MAX_VALUE);
    }

    /** Counts no further than to the limit. */
    private int running(int max) {
        try (Rows row = connection.rows("""
                SELECT count(*) FROM (
                    SELECT 1 FROM lanes l CROSS JOIN jobs j ON j.lane = l.id AND j.state = 'running'
                    WHERE l.queue = ? LIMIT ?)
                """, statement -> {
            statement.setString(1, settings.queue().name().value());
            statement.setInt(2, max);
        })) {
            row.next();
            return row.integer();
        }
    }
}
