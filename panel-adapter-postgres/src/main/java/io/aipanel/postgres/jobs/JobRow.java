package io.aipanel.postgres.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Progress;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job as both of its tables have it. */
final class JobRow {

    private static final String SHOWN = """
            id, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay, max_delay,
            attempt, earlier_attempts, created_at, run_at, started_at, worker, last_error, progress_percent,
            progress_text, cancel_requested, state
            """;

    /** The columns of {@code queue.jobs}, in the shape of a job that may have ended. */
    static final String OF_JOBS = SHOWN + ", NULL::timestamptz AS finished_at, NULL AS result ";

    /** The columns of {@code queue.finished_jobs}. */
    static final String OF_FINISHED_JOBS = SHOWN + ", finished_at, result ";

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
                Rows.optionalText(row, "concurrency_key"),
                Optional.ofNullable(retry(row)),
                JobState.ofWireName(row.getString("state")),
                row.getInt("attempt"),
                row.getInt("earlier_attempts"),
                Rows.time(row, "created_at"),
                Rows.time(row, "run_at"),
                Rows.optionalTime(row, "started_at"),
                Rows.optionalTime(row, "finished_at"),
                Rows.optionalText(row, "worker"),
                Rows.optionalText(row, "last_error"),
                result,
                Optional.ofNullable(progress(row)),
                row.getBoolean("cancel_requested"));
    }

    /** The three columns of a retry policy; null if the handler decides. */
    static @Nullable RetryPolicy retry(ResultSet row) throws SQLException {
        int maxAttempts = row.getInt("max_attempts");
        if (row.wasNull()) {
            return null;
        }
        return new RetryPolicy(
                maxAttempts, Delays.ofMicros(row.getLong("first_delay")), Delays.ofMicros(row.getLong("max_delay")));
    }

    private static @Nullable Progress progress(ResultSet row) throws SQLException {
        int percent = row.getInt("progress_percent");
        return row.wasNull() ? null : new Progress(percent, row.getString("progress_text"));
    }
}
