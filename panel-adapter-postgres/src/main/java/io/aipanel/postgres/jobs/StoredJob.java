package io.aipanel.postgres.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** A job that is not enqueued yet, as a schedule and the outbox keep it. When it is to run is kept apart. */
public final class StoredJob {

    /** The columns. */
    public static final String COLUMNS = "type, queue, payload, priority, unique_key, unique_for, concurrency_key,"
            + " max_attempts, first_delay, max_delay";

    /** The parameters for the columns. */
    public static final String PARAMETERS = ":type, :queue, :payload, :priority, :uniqueKey, :uniqueFor,"
            + " :concurrencyKey, :maxAttempts, :firstDelay, :maxDelay";

    private StoredJob() {}

    /** Binds the parameters. */
    public static <S extends SqlStatement<S>> S bind(S statement, NewJob job) {
        return statement
                .bind("type", job.type().value())
                .bind("queue", job.queue().value())
                .bind("payload", job.payload().value())
                .bind("priority", job.priority())
                .bind("uniqueKey", job.uniqueKey())
                .bind("uniqueFor", job.uniqueFor().map(Delays::toMicros))
                .bind("concurrencyKey", job.concurrencyKey())
                .bind("maxAttempts", job.retry().map(retry -> retry.maxAttempts()))
                .bind("firstDelay", job.retry().map(retry -> Delays.toMicros(retry.firstDelay())))
                .bind("maxDelay", job.retry().map(retry -> Delays.toMicros(retry.maxDelay())));
    }

    /** Reads the columns; the job has neither a time nor a delay. */
    public static NewJob job(ResultSet row) throws SQLException {
        return new NewJob(
                new JobType(row.getString("type")),
                new QueueName(row.getString("queue")),
                new JsonText(row.getString("payload")),
                row.getInt("priority"),
                Optional.empty(),
                Optional.empty(),
                Rows.optionalText(row, "unique_key"),
                delay(row, "unique_for"),
                Rows.optionalText(row, "concurrency_key"),
                Optional.ofNullable(JobRow.retry(row)));
    }

    /** Reads a column of microseconds that may be null. */
    public static Optional<Duration> delay(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Delays.ofMicros(micros));
    }
}
