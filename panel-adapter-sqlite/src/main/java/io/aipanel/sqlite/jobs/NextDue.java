package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** When there is something to claim. Looks at the first job of each lane only, and passes those whose key is full. */
final class NextDue {

    private NextDue() {}

    static Optional<Instant> of(StoreConnection queue, QueueName name, Set<JobType> types, Instant now) {
        QueueSettings settings = QueueSettings.of(queue, name);
        if (settings.queue().paused()) {
            return Optional.empty();
        }
        Allowance allowance = new Allowance(queue, settings, now);
        try (Rows row = queue.rows("""
                SELECT
                    min((SELECT run_at FROM jobs j
                         WHERE j.lane = l.id AND j.state = 'pending' AND j.held = 0
                           AND (j.concurrency_key IS NULL
                                OR ?3 > (SELECT count(*) FROM jobs r
                                         WHERE r.queue = j.queue AND r.concurrency_key = j.concurrency_key
                                           AND r.state = 'running'))
                         ORDER BY j.run_at, j.id LIMIT 1)),
                    min((SELECT min(lease_until) FROM jobs j WHERE j.lane = l.id AND j.state = 'running'))
                FROM lanes l WHERE l.queue = ?1 AND l.type IN (SELECT value FROM json_each(?2))
                """, statement -> {
            statement.setString(1, name.value());
            statement.setString(2, Json.names(types));
            statement.setInt(3, settings.limits().maxRunningPerKey());
        })) {
            row.next();
            Optional<Instant> pending = row.optionalTime()
                    .filter(due -> allowance.hasPlace())
                    .map(due -> allowance.nextToken().filter(due::isBefore).orElse(due));
            return Stream.of(pending, row.optionalTime())
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo);
        }
    }
}
