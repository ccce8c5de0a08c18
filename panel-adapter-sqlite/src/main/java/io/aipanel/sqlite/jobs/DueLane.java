package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A lane in which there is something to take.
 *
 * @param hasPending whether the time of a pending job has come
 * @param hasAbandoned whether a lease has ended
 */
record DueLane(long id, JobType type, int priority, boolean hasPending, boolean hasAbandoned) {

    /** Those that a request is about, the highest priority first. */
    static List<DueLane> of(StoreConnection queue, ClaimRequest request, Instant now) {
        List<DueLane> lanes = new ArrayList<>();
        try (Rows row = queue.rows("""
                SELECT id, type, priority, has_pending, has_abandoned FROM (
                    SELECT l.id, l.type, l.priority,
                        EXISTS (SELECT 1 FROM jobs j
                                WHERE j.lane = l.id AND j.state = 'pending' AND j.held = 0 AND j.run_at <= ?1)
                            AS has_pending,
                        EXISTS (SELECT 1 FROM jobs j
                                WHERE j.lane = l.id AND j.state = 'running' AND j.lease_until <= ?1) AS has_abandoned
                    FROM lanes l WHERE l.queue = ?2 AND l.type IN (SELECT value FROM json_each(?3)))
                WHERE has_pending OR has_abandoned
                ORDER BY priority DESC
                """, statement -> {
            statement.setLong(1, Columns.of(now));
            statement.setString(2, request.queue().value());
            statement.setString(3, Json.names(request.types()));
        })) {
            while (row.next()) {
                lanes.add(new DueLane(row.number(), new JobType(row.text()), row.integer(), row.flag(), row.flag()));
            }
        }
        return lanes;
    }
}
