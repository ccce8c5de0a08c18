package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Adds jobs within a transaction. */
final class JobInsert {

    private JobInsert() {}

    static List<Enqueued> run(StoreConnection queue, List<NewJob> jobs, Instant now) {
        long present = Columns.of(now);
        List<Enqueued> answers = queue.prepared("""
                INSERT INTO jobs
                    (type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay,
                     created_at, run_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (queue, type, unique_key) WHERE unique_key IS NOT NULL DO NOTHING
                RETURNING id
                """, statement -> {
            List<Enqueued> added = new ArrayList<>(jobs.size());
            for (NewJob job : jobs) {
                JobColumns.bind(statement, 1, job);
                statement.setLong(9, present);
                statement.setLong(10, job.runAt().map(Columns::of).orElse(present));
                added.add(insert(queue, statement, job));
            }
            return added;
        });
        queue.announce();
        return answers;
    }

    private static Enqueued insert(StoreConnection queue, PreparedStatement statement, NewJob job) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                return new Enqueued(new JobId(row.getLong(1)), true);
            }
        }
        return new Enqueued(holderOfKey(queue, job), false);
    }

    private static JobId holderOfKey(StoreConnection queue, NewJob job) {
        return queue.prepared("SELECT id FROM jobs WHERE queue = ? AND type = ? AND unique_key = ?", statement -> {
            statement.setString(1, job.queue().value());
            statement.setString(2, job.type().value());
            statement.setString(3, job.uniqueKey().orElseThrow());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new JobId(row.getLong(1));
            }
        });
    }
}
