package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.postgres.storage.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How workers keep their jobs. */
final class Leases {

    private final Database database;

    Leases(Database database) {
        this.database = database;
    }

    /**
     * Extends leases, first of all those whose rows nobody else holds at the moment, then the others on their own: the same
     * worker is likely to be ending some of the jobs right now, and the two must not wait for each other.
     */
    List<LeaseState> extend(List<Lease> leases, Duration duration) {
        Map<Lease, LeaseState> states = new HashMap<>(extend(leases, duration, "SKIP LOCKED"));
        List<Lease> others =
                leases.stream().filter(lease -> !states.containsKey(lease)).toList();
        if (!others.isEmpty()) {
            states.putAll(extend(others, duration, ""));
        }
        return leases.stream()
                .map(lease -> states.getOrDefault(lease, LeaseState.LOST))
                .toList();
    }

    /** Counts from the moment the rows are ours, because this may wait for a claim of the same jobs. */
    private Map<Lease, LeaseState> extend(List<Lease> leases, Duration duration, String whenLocked) {
        Map<Lease, LeaseState> states = new HashMap<>();
        database.change(handle -> handle.createQuery("""
                        WITH mine AS MATERIALIZED (
                            SELECT jobs.id
                            FROM queue.jobs
                            JOIN unnest(:ids, :tokens) AS lease (id, token)
                              ON lease.id = jobs.id AND lease.token = jobs.token
                            WHERE lease_until IS NOT NULL
                            ORDER BY jobs.id
                            FOR UPDATE OF jobs %s
                        )
                        UPDATE queue.jobs
                        SET lease_until = clock_timestamp() + :duration * interval '1 microsecond'
                        WHERE id = ANY (ARRAY(SELECT id FROM mine))
                        RETURNING id, token, cancel_requested
                        """.formatted(whenLocked))
                .bindArray(
                        "ids",
                        Long.class,
                        leases.stream().map(lease -> lease.jobId().value()).toArray())
                .bindArray(
                        "tokens", Long.class, leases.stream().map(Lease::token).toArray())
                .bind("duration", Delays.toMicros(duration))
                .map((row, context) -> states.put(
                        new Lease(new JobId(row.getLong("id")), row.getLong("token")),
                        row.getBoolean("cancel_requested") ? LeaseState.CANCEL_REQUESTED : LeaseState.HELD))
                .list());
        return states;
    }
}
