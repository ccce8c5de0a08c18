package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a queue is set, and how full the bucket of its rate is.
 *
 * @param queue its settings
 * @param bucketFull when the bucket is full again
 */
record QueueSettings(Queue queue, TokenBucket.Full bucketFull) {

    private static final TokenBucket.Full UNTOUCHED = new TokenBucket.Full(Instant.EPOCH, 0);

    private static final String COLUMNS =
            "name, paused, max_running, max_running_per_key, rate_starts, rate_period, rate_full_at, rate_rest";

    static QueueSettings of(StoreConnection queue, QueueName name) {
        return find(queue, name).orElseGet(() -> new QueueSettings(Queue.unset(name), UNTOUCHED));
    }

    /** The settings of a queue; empty if nobody has set it. */
    static Optional<QueueSettings> find(StoreConnection queue, QueueName name) {
        try (Rows row = queue.rows(
                "SELECT " + COLUMNS + " FROM queues WHERE name = ?",
                statement -> statement.setString(1, name.value()))) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    static List<QueueSettings> all(StoreConnection queue) {
        List<QueueSettings> all = new ArrayList<>();
        try (Rows row = queue.rows("SELECT " + COLUMNS + " FROM queues ORDER BY name", statement -> {})) {
            while (row.next()) {
                all.add(read(row));
            }
        }
        return all;
    }

    QueueLimits limits() {
        return queue.limits();
    }

    private static QueueSettings read(Rows row) {
        QueueName name = new QueueName(row.text());
        boolean paused = row.flag();
        Optional<Integer> maxRunning = Optional.ofNullable(row.optionalNumber()).map(Math::toIntExact);
        int maxRunningPerKey = row.integer();
        Long starts = row.optionalNumber();
        Duration period = row.duration();
        Optional<RateLimit> rate =
                starts == null ? Optional.empty() : Optional.of(new RateLimit(Math.toIntExact(starts), period));
        return new QueueSettings(
                new Queue(name, paused, new QueueLimits(maxRunning, maxRunningPerKey, rate)),
                row.optionalTime()
                        .map(at -> new TokenBucket.Full(at, row.number()))
                        .orElse(UNTOUCHED));
    }
}
