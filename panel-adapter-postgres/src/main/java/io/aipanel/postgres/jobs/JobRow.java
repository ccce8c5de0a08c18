package io.aipanel.postgres.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A job as both of its tables have it. */
final class JobRow {

    /** The columns of {@code queue.jobs}, in the shape of a job that may have ended. */
    static final String OF_JOBS = """
            id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
            created_at, run_at, started_at, NULL::timestamptz AS finished_at, worker, last_error, NULL AS result
            """;

    /** The columns of {@code queue.finished_jobs}. */
    static final String OF_FINISHED_JOBS = """
            id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
            created_at, run_at, started_at, finished_at, worker, last_error, result
            """;

    private JobRow() {}

    static Job job(ResultSet row) throws SQLException {
        Optional<JsonText> result = Rows.optionalText(row, "result").map(JsonText::new);
        return new Job(
                new JobId(row.getLong("id")),
                new JobType(row.getString("type")),
                new QueueName(row.getString("queue")),
                new JsonText(row.getString("payload")),
                row.getInt("priority"),
                Rows.optionalText(row, "unique_key"),
                new RetryPolicy(
                        row.getInt("max_attempts"),
                        Delays.ofMicros(row.getLong("first_delay")),
                        Delays.ofMicros(row.getLong("max_delay"))),
                JobState.ofWireName(row.getString("state")),
                row.getInt("attempt"),
                Rows.time(row, "created_at"),
                Rows.time(row, "run_at"),
                Rows.optionalTime(row, "started_at"),
                Rows.optionalTime(row, "finished_at"),
                Rows.optionalText(row, "worker"),
                Rows.optionalText(row, "last_error"),
                result);
    }
}
