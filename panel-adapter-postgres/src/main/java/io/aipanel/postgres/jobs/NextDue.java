package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** When a queue has something for a worker. */
final class NextDue {

    /** The first row of each lane, in the order of an index. */
    static final String FIRST = "WITH " + Search.LANES + """
            , full_keys AS MATERIALIZED (
                SELECT array_agg(concurrency_key) AS keys
                FROM (
                    SELECT concurrency_key FROM queue.jobs
                    WHERE queue = :queue AND state = 'running' AND concurrency_key IS NOT NULL
                    GROUP BY concurrency_key
                    HAVING count(*) >= coalesce(
                        (SELECT max_running_per_key FROM queue.queues WHERE name = :queue), 1)
                ) AS full_key
            )
            SELECT statement_timestamp() AS now,
                   (SELECT min(first.run_at) FROM lane CROSS JOIN LATERAL (
                        SELECT jobs.run_at FROM queue.jobs
                        WHERE jobs.lane = lane.id AND state = 'pending' AND NOT held
                          AND (jobs.run_at, jobs.id) > (lane.run_at, lane.job)
                          AND (concurrency_key IS NULL
                               OR (concurrency_key = ANY ((SELECT keys FROM full_keys)::text[])) IS NOT TRUE)
                        ORDER BY jobs.run_at, jobs.id LIMIT 1) AS first) AS pending,
                   (SELECT min(first.lease_until) FROM lane CROSS JOIN LATERAL (
                        SELECT lease_until FROM queue.jobs
                        WHERE jobs.lane = lane.id AND state = 'running' AND lease_until > lane.leased
                        ORDER BY lease_until LIMIT 1) AS first) AS leased
            """;

    private final QueueStore store;

    NextDue(QueueStore store) {
        this.store = store;
    }

    Optional<Duration> until(QueueName queue, Set<JobType> types) {
        return store.database().look(handle -> until(handle, queue, types));
    }

    private Optional<Duration> until(Handle handle, QueueName name, Set<JobType> types) {
        LimitedQueue queue = LimitedQueue.read(handle, name);
        if (queue.isPaused()) {
            return Optional.empty();
        }
        Floors floors = store.floors(name);
        Look look = Look.begin(handle, floors, name, types);
        First first = Search.bind(handle.createQuery(FIRST), name, types, look.floors())
                .map((row, context) -> new First(
                        Rows.time(row, "now"), Rows.optionalTime(row, "pending"), Rows.optionalTime(row, "leased")))
                .one();
        Optional<Duration> pending = first.untilPending();
        if (pending.isPresent() && queue.isLimited()) {
            Duration token = queue.untilToken();
            pending = queue.hasNoPlace(handle)
                    ? Optional.empty()
                    : pending.map(due -> due.compareTo(token) < 0 ? token : due);
        }
        Optional<Duration> due = earlier(pending, first.untilLeaseEnds());
        if (look.isFull()) {
            look.endFull(handle, 0);
            return due;
        }
        // Something may have appeared below a floor: who asks is told to look again when that would be found.
        return earlier(due, Optional.of(floors.untilFullLook()));
    }

    private static Optional<Duration> earlier(Optional<Duration> one, Optional<Duration> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().compareTo(other.get()) <= 0 ? one : other;
    }

    /** The first job and the first end of a lease. */
    private record First(Instant now, Optional<Instant> pending, Optional<Instant> leased) {

        Optional<Duration> untilPending() {
            return pending.map(this::until);
        }

        Optional<Duration> untilLeaseEnds() {
            return leased.map(this::until);
        }

        private Duration until(Instant time) {
            return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
        }
    }
}
