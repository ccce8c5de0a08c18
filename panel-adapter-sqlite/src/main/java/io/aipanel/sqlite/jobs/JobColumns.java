package io.aipanel.sqlite.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.sqlite.storage.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a job stands in the columns of the queue and of its outbox. */
final class JobColumns {

    /** What a job is read from, out of {@code jobs}. */
    static final String OF_JOBS = """
            id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
            created_at, run_at, started_at, NULL AS finished_at, worker, last_error, NULL AS result""";

    /** What a job is read from, out of {@code finished_jobs}. */
    static final String OF_FINISHED_JOBS = """
            id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
            created_at, run_at, started_at, finished_at, worker, last_error, result""";

    private JobColumns() {}

    static Job read(ResultSet row) throws SQLException {
        return new Job(
                new JobId(row.getLong("id")),
                new JobType(row.getString("type")),
                new QueueName(row.getString("queue")),
                new JsonText(row.getString("payload")),
                row.getInt("priority"),
                Columns.optionalText(row, "unique_key"),
                retry(row),
                JobState.ofWireName(row.getString("state")),
                row.getInt("attempt"),
                Columns.time(row, "created_at"),
                Columns.time(row, "run_at"),
                Columns.optionalTime(row, "started_at"),
                Columns.optionalTime(row, "finished_at"),
                Columns.optionalText(row, "worker"),
                Columns.optionalText(row, "last_error"),
                Columns.optionalText(row, "result").map(JsonText::new));
    }

    static NewJob readNew(ResultSet row) throws SQLException {
        return new NewJob(
                new JobType(row.getString("type")),
                new QueueName(row.getString("queue")),
                new JsonText(row.getString("payload")),
                row.getInt("priority"),
                Columns.optionalTime(row, "run_at"),
                Columns.optionalText(row, "unique_key"),
                retry(row));
    }

    /**
     * Binds type, queue, payload, priority, unique_key, max_attempts, first_delay and max_delay, in this order.
     *
     * @param first the number of the first parameter
     */
    static void bind(PreparedStatement statement, int first, NewJob job) throws SQLException {
        statement.setString(first, job.type().value());
        statement.setString(first + 1, job.queue().value());
        statement.setString(first + 2, job.payload().value());
        statement.setInt(first + 3, job.priority());
        statement.setString(first + 4, job.uniqueKey().orElse(null));
        statement.setInt(first + 5, job.retry().maxAttempts());
        statement.setLong(first + 6, Columns.of(job.retry().firstDelay()));
        statement.setLong(first + 7, Columns.of(job.retry().maxDelay()));
    }

    private static RetryPolicy retry(ResultSet row) throws SQLException {
        return new RetryPolicy(
                row.getInt("max_attempts"), Columns.duration(row, "first_delay"), Columns.duration(row, "max_delay"));
    }
}
