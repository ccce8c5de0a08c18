package io.aipanel.http.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as the outside sees it. */
record JobView(
        long id,
        JobState state,
        String type,
        String queue,
        JsonText payload,
        int priority,
        @Nullable String uniqueKey,
        int attempt,
        int maxAttempts,
        Instant createdAt,
        Instant runAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String worker,
        @Nullable String lastError,
        @Nullable JsonText result) {

    static JobView of(Job job) {
        return new JobView(
                job.id().value(),
                job.state(),
                job.type().value(),
                job.queue().value(),
                job.payload(),
                job.priority(),
                job.uniqueKey().orElse(null),
                job.attempt(),
                job.retry().maxAttempts(),
                job.createdAt(),
                job.runAt(),
                job.startedAt().orElse(null),
                job.finishedAt().orElse(null),
                job.worker().orElse(null),
                job.lastError().orElse(null),
                job.result().orElse(null));
    }
}
