package io.aipanel.sqlite.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a job that is yet to be enqueued stands in the columns of the outbox and of the schedules. */
final class NewJobColumns {

    /** What {@link #bind} binds and {@link #read} reads, in this order. */
    static final String ALL = """
            type, queue, payload, priority, unique_key, unique_for, concurrency_key, max_attempts, first_delay,
            max_delay""";

    private NewJobColumns() {}

    /**
     * Binds all of it but the time and the delay.
     *
     * @param first the number of the first parameter
     */
    static void bind(PreparedStatement statement, int first, NewJob job) throws SQLException {
        statement.setString(first, job.type().value());
        statement.setString(first + 1, job.queue().value());
        statement.setString(first + 2, job.payload().value());
        statement.setInt(first + 3, job.priority());
        statement.setString(first + 4, job.uniqueKey().orElse(null));
        statement.setObject(first + 5, micros(job.uniqueFor()));
        statement.setString(first + 6, job.concurrencyKey().orElse(null));
        bindRetry(statement, first + 7, job.retry());
    }

    /** Binds max_attempts, first_delay and max_delay, null together. */
    static void bindRetry(PreparedStatement statement, int first, Optional<RetryPolicy> retry) throws SQLException {
        statement.setObject(first, retry.map(RetryPolicy::maxAttempts).orElse(null));
        statement.setObject(first + 1, micros(retry.map(RetryPolicy::firstDelay)));
        statement.setObject(first + 2, micros(retry.map(RetryPolicy::maxDelay)));
    }

    static @Nullable Long micros(Optional<Duration> duration) {
        return duration.map(Columns::of).orElse(null);
    }

    /**
     * Reads what {@link #bind} has bound.
     *
     * @throws io.aipanel.domain.InvalidValueException if there is something in the row that no job can have
     */
    static NewJob read(Rows row, Optional<Instant> runAt, Optional<Duration> delay) {
        JobType type = new JobType(row.text());
        QueueName queue = new QueueName(row.text());
        JsonText payload = new JsonText(row.text());
        int priority = row.integer();
        Optional<String> uniqueKey = row.optionalText();
        Optional<Duration> uniqueFor = row.optionalDuration();
        Optional<String> concurrencyKey = row.optionalText();
        Optional<RetryPolicy> retry = JobDetails.retry(row);
        return new NewJob(type, queue, payload, priority, runAt, delay, uniqueKey, uniqueFor, concurrencyKey, retry);
    }
}
