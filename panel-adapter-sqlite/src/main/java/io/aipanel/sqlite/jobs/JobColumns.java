package io.aipanel.sqlite.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.sqlite.storage.Rows;
import java.time.Instant;
import java.util.Optional;

/** How a job stands in the columns of {@code jobs} and {@code finished_jobs}. */
final class JobColumns {

    /** What a job is read from, out of {@code jobs}. */
    static final String OF_JOBS =
            "id, type, queue, payload, priority, state, attempt, created_at, run_at, started_at, NULL, worker, "
                    + JobDetails.OF_JOBS;

    /** What a job is read from, out of {@code finished_jobs}. */
    static final String OF_FINISHED_JOBS =
            "id, type, queue, payload, priority, state, attempt, created_at, run_at, started_at, finished_at, worker, "
                    + JobDetails.OF_FINISHED_JOBS;

    private JobColumns() {}

    static Job read(Rows row) {
        JobId id = new JobId(row.number());
        JobType type = new JobType(row.text());
        QueueName queue = new QueueName(row.text());
        JsonText payload = new JsonText(row.text());
        int priority = row.integer();
        JobState state = JobState.ofWireName(row.text());
        int attempt = row.integer();
        Instant createdAt = row.time();
        Instant runAt = row.time();
        Optional<Instant> startedAt = row.optionalTime();
        Optional<Instant> finishedAt = row.optionalTime();
        Optional<String> worker = row.optionalText();
        JobDetails details = JobDetails.read(row);
        return new Job(
                id,
                type,
                queue,
                payload,
                priority,
                details.uniqueKey(),
                details.concurrencyKey(),
                details.retry(),
                state,
                attempt,
                details.earlierAttempts(),
                createdAt,
                runAt,
                startedAt,
                finishedAt,
                worker,
                details.lastError(),
                details.result(),
                details.progress(),
                details.cancelRequested());
    }
}
