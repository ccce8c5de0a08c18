package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The running jobs that some leases are about. A lease that is not its job's latest counts for nothing. */
final class Leases {

    private final Map<Long, LiveJob> running = new HashMap<>();

    Leases(StoreConnection queue, Collection<Lease> leases) {
        List<Long> ids = leases.stream().map(lease -> lease.jobId().value()).toList();
        LiveJob.of(queue, ids).stream().filter(LiveJob::running).forEach(job -> running.put(job.id(), job));
    }

    /** The job of a lease; empty if the lease is not its latest. */
    Optional<LiveJob> job(Lease lease) {
        return Optional.ofNullable(running.get(lease.jobId().value())).filter(job -> job.token() == lease.token());
    }

    /** As {@link #job}, for somebody who ends the lease: it is nobody's afterwards. */
    Optional<LiveJob> end(Lease lease) {
        Optional<LiveJob> job = job(lease);
        job.ifPresent(ended -> running.remove(ended.id()));
        return job;
    }

    /** Lets leases last until a time. */
    static List<LeaseState> extend(StoreConnection queue, List<Lease> leases, Instant until) {
        Leases latest = new Leases(queue, leases);
        List<Long> ids = leases.stream()
                .flatMap(lease -> latest.job(lease).stream())
                .map(LiveJob::id)
                .toList();
        queue.change("UPDATE jobs SET lease_until = ? WHERE id IN (SELECT value FROM json_each(?))", statement -> {
            statement.setLong(1, Columns.of(until));
            statement.setString(2, Json.numbers(ids));
        });
        return leases.stream()
                .map(lease -> latest.job(lease).map(Leases::state).orElse(LeaseState.LOST))
                .toList();
    }

    private static LeaseState state(LiveJob job) {
        return job.cancelRequested() ? LeaseState.CANCEL_REQUESTED : LeaseState.HELD;
    }
}
