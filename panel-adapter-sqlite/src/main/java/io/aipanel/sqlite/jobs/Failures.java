package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How attempts failed: a row each, and the last one's summary with the job. */
final class Failures {

    private Failures() {}

    /** Notes how the present attempts of running jobs failed. */
    static void add(StoreConnection queue, Map<Long, JobError> errors, Instant now) {
        queue.changeEach("""
                INSERT INTO failures (job, attempt, started_at, ended_at, worker, type, message, trace)
                SELECT id, attempt, started_at, ?, worker, ?, ?, ? FROM jobs WHERE id = ?
                """, errors.entrySet(), (statement, failed) -> {
            statement.setLong(1, Columns.of(now));
            statement.setString(2, failed.getValue().type());
            statement.setString(3, failed.getValue().message());
            statement.setString(4, failed.getValue().trace());
            statement.setLong(5, failed.getKey());
        });
        queue.changeEach("UPDATE jobs SET last_error = ? WHERE id = ?", errors.entrySet(), (statement, failed) -> {
            statement.setString(1, failed.getValue().summary());
            statement.setLong(2, failed.getKey());
        });
    }

    static List<JobFailure> of(StoreConnection queue, JobId id) {
        List<JobFailure> failures = new ArrayList<>();
        try (Rows row = queue.rows("""
                SELECT attempt, started_at, ended_at, worker, type, message, trace
                FROM failures WHERE job = ? ORDER BY attempt
                """, statement -> statement.setLong(1, id.value()))) {
            while (row.next()) {
                failures.add(new JobFailure(
                        row.integer(),
                        row.time(),
                        row.time(),
                        row.text(),
                        new JobError(row.text(), row.text(), row.text())));
            }
        }
        return failures;
    }
}
