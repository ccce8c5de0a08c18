package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of queues, and their workers, in {@code queue.db}. */
public final class SqliteQueueRepository implements QueueRepository {

    private final StoreAccess store;
    private final InstantSource clock;

    /**
     * @param store how to reach {@code queue.db}
     * @param clock the store's clock
     */
    public SqliteQueueRepository(StoreAccess store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Queue queue(QueueName name) {
        return store.read(connection -> QueueSettings.of(connection, name).queue());
    }

    @Override
    public List<Queue> queues() {
        return store.read(connection ->
                QueueSettings.all(connection).stream().map(QueueSettings::queue).toList());
    }

    @Override
    public boolean pause(QueueName name) {
        return store.write(connection -> setPaused(connection, name, true));
    }

    @Override
    public boolean resume(QueueName name) {
        return store.write(connection -> {
            connection.announce(Topic.JOBS);
            return setPaused(connection, name, false);
        });
    }

    @Override
    public boolean limit(QueueName name, QueueLimits limits) {
        return store.write(connection -> {
            if (QueueSettings.of(connection, name).limits().equals(limits)) {
                return false;
            }
            setLimits(connection, name, limits);
            new ConcurrencyKeys(connection, name.value(), limits.maxRunningPerKey()).letNextOutOfAllKeys();
            connection.announce(Topic.JOBS);
            return true;
        });
    }

    @Override
    public void present(WorkerPresence presence, Duration duration) {
        Lease.requireDuration(duration);
        String types = presence.types().stream().map(JobType::value).sorted().collect(Collectors.joining(","));
        store.write(connection -> {
            Instant now = now();
            connection.change(
                    "DELETE FROM workers WHERE until <= ?", statement -> statement.setLong(1, Columns.of(now)));
            return connection.change("""
                    INSERT INTO workers (queue, worker, types, until) VALUES (?, ?, ?, ?)
                    ON CONFLICT (queue, worker) DO UPDATE SET types = excluded.types, until = excluded.until
                    """, statement -> {
                statement.setString(1, presence.queue().value());
                statement.setString(2, presence.worker());
                statement.setString(3, types);
                statement.setLong(4, Columns.of(now.plus(duration)));
            });
        });
    }

    @Override
    public void absent(String worker) {
        store.write(connection ->
                connection.change("DELETE FROM workers WHERE worker = ?", statement -> statement.setString(1, worker)));
    }

    @Override
    public List<WorkerPresence> present() {
        return store.read(connection -> {
            List<WorkerPresence> workers = new ArrayList<>();
            try (Rows row = connection.rows(
                    "SELECT queue, worker, types FROM workers WHERE until > ? ORDER BY queue, worker",
                    statement -> statement.setLong(1, Columns.of(now())))) {
                while (row.next()) {
                    QueueName queue = new QueueName(row.text());
                    workers.add(new WorkerPresence(row.text(), queue, types(row.text())));
                }
            }
            return List.copyOf(workers);
        });
    }

    private static boolean setPaused(StoreConnection connection, QueueName name, boolean paused) {
        if (QueueSettings.of(connection, name).queue().paused() == paused) {
            return false;
        }
        connection.change("""
                INSERT INTO queues (name, paused) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET paused = excluded.paused
                """, statement -> {
            statement.setString(1, name.value());
            statement.setInt(2, paused ? 1 : 0);
        });
        return true;
    }

    /** What is missing from the bucket of a rate stays missing. */
    private static void setLimits(StoreConnection connection, QueueName name, QueueLimits limits) {
        connection.change("""
                INSERT INTO queues (name, max_running, max_running_per_key, rate_starts, rate_period)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET
                    max_running = excluded.max_running, max_running_per_key = excluded.max_running_per_key,
                    rate_starts = excluded.rate_starts, rate_period = excluded.rate_period,
                    rate_rest = 0
                """, statement -> {
            statement.setString(1, name.value());
            statement.setObject(2, limits.maxRunning().orElse(null));
            statement.setInt(3, limits.maxRunningPerKey());
            statement.setObject(4, limits.rate().map(RateLimit::starts).orElse(null));
            statement.setObject(5, NewJobColumns.micros(limits.rate().map(RateLimit::period)));
        });
    }

    private static Set<JobType> types(String joined) {
        return Arrays.stream(joined.split(","))
                .filter(name -> !name.isEmpty())
                .map(JobType::new)
                .collect(Collectors.toSet());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
