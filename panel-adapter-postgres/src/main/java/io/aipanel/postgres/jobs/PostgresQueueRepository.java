package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** {@link QueueRepository} on the schema {@code queue}. */
public final class PostgresQueueRepository implements QueueRepository {

    private final QueueStore store;

    /** @param store where the queues are */
    public PostgresQueueRepository(QueueStore store) {
        this.store = store;
    }

    @Override
    public Queue queue(QueueName name) {
        return store.database().read(handle -> LimitedQueue.read(handle, name)).queue();
    }

    @Override
    public List<Queue> queues() {
        return store.database()
                .read(handle -> handle.createQuery(
                                "SELECT " + LimitedQueue.COLUMNS + " FROM queue.queues ORDER BY name")
                        .map((row, context) -> LimitedQueue.queue(row))
                        .list());
    }

    @Override
    public boolean pause(QueueName name) {
        return setPaused(name, true);
    }

    @Override
    public boolean resume(QueueName name) {
        boolean news = setPaused(name, false);
        if (news) {
            store.news().accept(Topic.JOBS);
        }
        return news;
    }

    @Override
    public boolean limit(QueueName name, QueueLimits limits) {
        boolean news = store.database().change(handle -> limit(handle, name, limits));
        if (news) {
            store.news().accept(Topic.JOBS);
        }
        return news;
    }

    @Override
    public void present(WorkerPresence presence, Duration duration) {
        Lease.requireDuration(duration);
        store.database()
                .change(handle -> handle.createUpdate("""
                        INSERT INTO queue.workers (queue, worker, types, until)
                        VALUES (:queue, :worker, :types, clock_timestamp() + :duration * interval '1 microsecond')
                        ON CONFLICT (queue, worker) DO UPDATE SET types = excluded.types, until = excluded.until
                        """)
                        .bind("queue", presence.queue().value())
                        .bind("worker", presence.worker())
                        .bindArray("types", String.class, Search.names(new TreeSet<>(presence.types())))
                        .bind("duration", Delays.toMicros(duration))
                        .execute());
    }

    @Override
    public void absent(String worker) {
        // Those who have gone without a word are forgotten on the way.
        store.database()
                .change(handle ->
                        handle.createUpdate("""
                        DELETE FROM queue.workers WHERE worker = :worker OR until < clock_timestamp() - interval '1 day'
                        """).bind("worker", worker).execute());
    }

    @Override
    public List<WorkerPresence> present() {
        return store.database()
                .read(handle -> handle.createQuery("""
                        SELECT queue, worker, types FROM queue.workers WHERE until > statement_timestamp()
                        ORDER BY queue, worker
                        """)
                        .map((row, context) -> new WorkerPresence(
                                row.getString("worker"),
                                new QueueName(row.getString("queue")),
                                types(Rows.texts(row, "types"))))
                        .list());
    }

    private boolean setPaused(QueueName name, boolean paused) {
        return store.database().change(handle -> {
            AdvisoryLock.QUEUE_LIMITS.acquire(handle, name.value());
            if (LimitedQueue.read(handle, name).isPaused() == paused) {
                return false;
            }
            return handle.createUpdate("""
                                    INSERT INTO queue.queues (name, paused) VALUES (:name, :paused)
                                    ON CONFLICT (name) DO UPDATE SET paused = excluded.paused
                                    """)
                            .bind("name", name.value())
                            .bind("paused", paused)
                            .execute()
                    > 0;
        });
    }

    /** Under the lock of the queue, so that a claim is either counted or counts itself. */
    private boolean limit(Handle handle, QueueName name, QueueLimits limits) {
        AdvisoryLock.QUEUE_LIMITS.acquire(handle, name.value());
        QueueLimits before = LimitedQueue.read(handle, name).limits();
        if (before.equals(limits)) {
            return false;
        }
        handle.createUpdate("""
                        INSERT INTO queue.queues (name, max_running, max_running_per_key, rate_starts, rate_period)
                        VALUES (:name, :maxRunning, :maxPerKey, :starts, :period)
                        ON CONFLICT (name) DO UPDATE
                        SET max_running = excluded.max_running, max_running_per_key = excluded.max_running_per_key,
                            rate_starts = excluded.rate_starts, rate_period = excluded.rate_period,
                            rate_full_at = CASE WHEN :sameRate THEN queues.rate_full_at END
                        """)
                .bind("name", name.value())
                .bind("maxRunning", limits.maxRunning())
                .bind("maxPerKey", limits.maxRunningPerKey())
                .bind("starts", limits.rate().map(RateLimit::starts))
                .bind("period", limits.rate().map(rate -> Delays.toMicros(rate.period())))
                .bind("sameRate", before.rate().equals(limits.rate()))
                .execute();
        if (limits.maxRunningPerKey() > before.maxRunningPerKey()) {
            HeldJobs.releaseAll(handle, store, name);
        }
        return true;
    }

    private static Set<JobType> types(List<String> names) {
        return names.stream().map(JobType::new).collect(Collectors.toSet());
    }
}
