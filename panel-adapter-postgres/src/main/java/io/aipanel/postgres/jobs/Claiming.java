package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.jobs.Floors.Floor;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How workers get jobs. One statement where nothing has to be counted: the queue is not paused, no limit is set, and none
 * of the jobs that are due has a concurrency key. Otherwise {@link CountingClaim} does it.
 */
final class Claiming {

    /** The best first. */
    static final Comparator<ClaimedJob> ORDER = Comparator.comparing(
                    (ClaimedJob claimed) -> claimed.job().priority())
            .reversed()
            .thenComparing(claimed -> claimed.job().runAt())
            .thenComparing(claimed -> claimed.job().id());

    /**
     * Shares the lock on the queue's limits, so that whoever counts next has us in the count. Answers at least one row,
     * which tells whether this was the wrong statement; then it has taken nothing.
     */
    static final String CLAIM = "WITH " + Search.LANES + """
            , gate AS MATERIALIZED (
                SELECT true AS passed FROM (SELECT pg_advisory_xact_lock_shared(:space, :key)) AS acquired
            ), queue AS MATERIALIZED (
                SELECT paused OR max_running IS NOT NULL OR rate_starts IS NOT NULL AS restrained
                FROM queue.queues WHERE name = :queue
            ),
            """
            + Search.chosen("(SELECT passed FROM gate) AND NOT EXISTS (SELECT FROM queue WHERE restrained)")
            + """
            , verdict AS MATERIALIZED (
                SELECT EXISTS (SELECT FROM queue WHERE restrained)
                    OR EXISTS (SELECT FROM chosen
                               WHERE concurrency_key IS NOT NULL AND NOT abandoned OR cancel_requested) AS must_count
            ), lost AS (
                INSERT INTO queue.failures (job, attempt, started_at, ended_at, worker, type, message, trace)
                SELECT id, attempt, started_at, statement_timestamp(), worker, :lostType, :lostMessage, ''
                FROM abandoned
                WHERE id IN (SELECT id FROM chosen WHERE abandoned) AND NOT (SELECT must_count FROM verdict)
            ), claimed AS (
            """ + Search.TAKE + """
                WHERE id = ANY (ARRAY(SELECT id FROM chosen WHERE NOT (SELECT must_count FROM verdict)))
                RETURNING lane, token, lease_until,
            """ + JobRow.OF_JOBS + """
            )
            SELECT must_count, EXISTS (SELECT FROM abandoned) AS some_abandoned, claimed.*
            FROM verdict LEFT JOIN claimed ON true
            """;

    private final QueueStore store;
    private final CountingClaim counting;

    /** Queues where something had to be counted the last time. */
    private final Set<QueueName> counted = ConcurrentHashMap.newKeySet();

    Claiming(QueueStore store) {
        this.store = store;
        this.counting = new CountingClaim(store);
    }

    List<ClaimedJob> claim(ClaimRequest request) {
        if (!store.database().isShared() && !counted.contains(request.queue())) {
            try {
                return sorted(store.database().change(handle -> plain(handle, request)));
            } catch (MustCount e) {
                counted.add(request.queue());
            }
        }
        CountingClaim.Claimed claimed = store.database().change(handle -> counting.claim(handle, request));
        if (!claimed.hasCounted()) {
            counted.remove(request.queue());
        }
        claimed.tell(store);
        return sorted(claimed.jobs());
    }

    private List<ClaimedJob> plain(Handle handle, ClaimRequest request) {
        Look look = Look.begin(handle, store.floors(request.queue()), request.queue(), request.types());
        List<Found> found = new ArrayList<>();
        List<Verdict> verdict = bind(handle.createQuery(CLAIM), request, look.floors())
                .map((row, context) -> {
                    if (row.getLong("id") != 0) {
                        found.add(new Found(row.getInt("lane"), claimed(row)));
                    }
                    return new Verdict(row.getBoolean("must_count"), row.getBoolean("some_abandoned"));
                })
                .list();
        if (verdict.get(0).mustCount()) {
            throw new MustCount();
        }
        look.end(handle, found, 0, found.size() < request.max(), verdict.get(0).someAbandoned());
        return found.stream().map(Found::claimed).toList();
    }

    /** Binds what {@link #CLAIM} needs. */
    static Query bind(Query query, ClaimRequest request, Map<Integer, Floor> floors) {
        return Search.bind(query, request.queue(), request.types(), floors)
                .bind("maxWaiting", request.max())
                .bind("max", request.max())
                .bind("space", AdvisoryLock.QUEUE_LIMITS.space())
                .bind("key", AdvisoryLock.key(request.queue().value()))
                .bind("worker", request.worker())
                .bind("lease", Delays.toMicros(request.lease()))
                .bind("leaseEnded", JobError.LEASE_ENDED.summary())
                .bind("lostType", JobError.LEASE_ENDED.type())
                .bind("lostMessage", JobError.LEASE_ENDED.message());
    }

    private static List<ClaimedJob> sorted(List<ClaimedJob> jobs) {
        return jobs.stream().sorted(ORDER).toList();
    }

    /** Reads a row that {@link Search#TAKE} has returned. */
    static ClaimedJob claimed(ResultSet row) throws SQLException {
        Job job = JobRow.job(row);
        return new ClaimedJob(job, new Lease(job.id(), row.getLong("token")), Rows.time(row, "lease_until"));
    }

    /** What every row of {@link #CLAIM} says of the whole. */
    private record Verdict(boolean mustCount, boolean someAbandoned) {}

    /** A claimed job and its lane. */
    record Found(int lane, ClaimedJob claimed) {}

    /** Takes back the transaction of a claim that has turned out to need another way. */
    private static final class MustCount extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MustCount() {
            super(null, null, false, false);
        }
    }
}
