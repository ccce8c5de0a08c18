package io.aipanel.sqlite.storage;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import java.time.Duration;
import java.util.Optional;

/** Jobs that differ in one thing from what they should be. */
final class Altered {

    private Altered() {}

    /** A claimed job in another state, or at another attempt. */
    static ClaimedJob job(ClaimedJob claimed, JobState state, int attempt) {
        Job altered = job(claimed.job(), state, attempt, claimed.job().earlierAttempts());
        return new ClaimedJob(altered, claimed.lease(), claimed.leaseUntil());
    }

    /** A job with other attempts. */
    static Job job(Job job, JobState state, int attempt, int earlierAttempts) {
        return new Job(
                job.id(),
                job.type(),
                job.queue(),
                job.payload(),
                job.priority(),
                job.uniqueKey(),
                job.concurrencyKey(),
                job.retry(),
                state,
                attempt,
                earlierAttempts,
                job.createdAt(),
                job.runAt(),
                job.startedAt(),
                job.finishedAt(),
                job.worker(),
                job.lastError(),
                job.result(),
                job.progress(),
                job.cancelRequested());
    }

    /** A new job with other keys. */
    static NewJob keys(
            NewJob job, Optional<String> uniqueKey, Optional<Duration> uniqueFor, Optional<String> concurrencyKey) {
        return new NewJob(
                job.type(),
                job.queue(),
                job.payload(),
                job.priority(),
                job.runAt(),
                job.delay(),
                uniqueKey,
                uniqueFor,
                concurrencyKey,
                job.retry());
    }
}
