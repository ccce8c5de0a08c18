package io.aipanel.http.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as the outside sees it. Its retry policy is null in all three parts if the handler of its type decides. */
record JobView(
        long id,
        JobState state,
        String type,
        String queue,
        JsonText payload,
        int priority,
        @Nullable String uniqueKey,
        @Nullable String concurrencyKey,
        int attempt,
        @Nullable Integer maxAttempts,
        @Nullable Duration firstDelay,
        @Nullable Duration maxDelay,
        Instant createdAt,
        Instant runAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String worker,
        @Nullable String lastError,
        @Nullable JsonText result,
        @Nullable ProgressView progress,
        boolean cancelRequested) {

    static JobView of(Job job) {
        return new JobView(
                job.id().value(),
                job.state(),
                job.type().value(),
                job.queue().value(),
                job.payload(),
                job.priority(),
                job.uniqueKey().orElse(null),
                job.concurrencyKey().orElse(null),
                job.attempt(),
                job.retry().map(RetryPolicy::maxAttempts).orElse(null),
                job.retry().map(RetryPolicy::firstDelay).orElse(null),
                job.retry().map(RetryPolicy::maxDelay).orElse(null),
                job.createdAt(),
                job.runAt(),
                job.startedAt().orElse(null),
                job.finishedAt().orElse(null),
                job.worker().orElse(null),
                job.lastError().orElse(null),
                job.result().orElse(null),
                job.progress()
                        .map(progress -> new ProgressView(progress.percent(), progress.text()))
                        .orElse(null),
                job.cancelRequested());
    }

    record ProgressView(int percent, String text) {}
}
