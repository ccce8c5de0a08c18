package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it is set, and how full the bucket of its rate is.
 *
 * @param queue how it is set
 * @param fullAt when the bucket is full again; empty if it is
 * @param now the server's time when this was read
 */
record LimitedQueue(Queue queue, Optional<Instant> fullAt, Instant now) {

    /** The columns of {@code queue.queues}. */
    static final String COLUMNS =
            "name, paused, max_running, max_running_per_key, rate_starts, rate_period, rate_full_at";

    /** Reads a queue; one that nobody has set has the default limits. */
    static LimitedQueue read(Handle handle, QueueName name) {
        return handle.createQuery("SELECT statement_timestamp() AS now, " + COLUMNS + """
                         FROM (VALUES (:name)) AS wanted (wanted_name)
                         LEFT JOIN queue.queues ON name = wanted_name
                        """)
                .bind("name", name.value())
                .map((row, context) -> new LimitedQueue(
                        row.getString("name") == null ? Queue.unset(name) : queue(row),
                        Rows.optionalTime(row, "rate_full_at"),
                        Rows.time(row, "now")))
                .one();
    }

    /** Reads the row of a queue that somebody has set. */
    static Queue queue(ResultSet row) throws SQLException {
        return new Queue(
                new QueueName(row.getString("name")),
                row.getBoolean("paused"),
                new QueueLimits(
                        Optional.ofNullable(row.getObject("max_running", Integer.class)),
                        row.getInt("max_running_per_key"),
                        Optional.ofNullable(rate(row))));
    }

    QueueLimits limits() {
        return queue.limits();
    }

    boolean isPaused() {
        return queue.paused();
    }

    /** Whether claims must count. */
    boolean isLimited() {
        return limits().maxRunning().isPresent() || limits().rate().isPresent();
    }

    /** How many jobs may be started now, at most so many as are wanted. */
    int mayStart(Handle handle, int wanted) {
        int places = limits().maxRunning().map(max -> max - running(handle)).orElse(wanted);
        int tokens = limits().rate().map(this::tokens).orElse(wanted);
        return Math.max(0, Math.min(wanted, Math.min(places, tokens)));
    }

    /** Takes tokens out of the bucket for jobs that were started. */
    void started(Handle handle, int jobs) {
        if (jobs > 0 && limits().rate().isPresent()) {
            RateLimit rate = limits().rate().get();
            long micros = Delays.toMicros(rate.period());
            // Rounded up: in the long run rather a start too few than one too many.
            long taken = (jobs * micros + rate.starts() - 1) / rate.starts();
            handle.createUpdate("UPDATE queue.queues SET rate_full_at = :fullAt WHERE name = :name")
                    .bind("fullAt", fullAgain(rate).plus(taken, ChronoUnit.MICROS))
                    .bind("name", queue.name().value())
                    .execute();
        }
    }

    /** How long until a job may be started because of the rate; zero if one may now. */
    Duration untilToken() {
        return limits().rate()
                .filter(rate -> tokens(rate) == 0)
                .map(rate -> {
                    long micros = Delays.toMicros(rate.period());
                    Instant one = fullAgain(rate)
                            .minus(micros, ChronoUnit.MICROS)
                            .plus((micros + rate.starts() - 1) / rate.starts(), ChronoUnit.MICROS);
                    return Duration.between(now, one);
                })
                .orElse(Duration.ZERO);
    }

    /** Whether as many jobs run as may. */
    boolean hasNoPlace(Handle handle) {
        return limits().maxRunning().filter(max -> running(handle) >= max).isPresent();
    }

    private int tokens(RateLimit rate) {
        long micros = Delays.toMicros(rate.period());
        long filled = micros - ChronoUnit.MICROS.between(now, fullAgain(rate));
        return (int) (filled * rate.starts() / micros);
    }

    /** Never before now and never later than a whole period from now, as it would look after the clock was set back. */
    private Instant fullAgain(RateLimit rate) {
        Instant latest = now.plus(rate.period());
        Instant kept = fullAt.filter(now::isBefore).orElse(now);
        return kept.isAfter(latest) ? latest : kept;
    }

    private int running(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FROM queue.jobs
                        WHERE state = 'running' AND lane IN (SELECT id FROM queue.lanes WHERE queue = :queue)
                        """)
                .bind("queue", queue.name().value())
                .mapTo(Integer.class)
                .one();
    }

    private static @Nullable RateLimit rate(ResultSet row) throws SQLException {
        int starts = row.getInt("rate_starts");
        return row.wasNull() ? null : new RateLimit(starts, Delays.ofMicros(row.getLong("rate_period")));
    }
}
