package io.aipanel.http.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.service.jobs.JobDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a job: what {@link JobView} has, whether somebody handles its type now, how its attempts failed, and
 * what they wrote.
 */
record JobDetailView(
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
        JobView.@Nullable ProgressView progress,
        boolean cancelRequested,
        boolean hasHandler,
        List<FailureView> failures,
        List<LogLineView> log,
        long logDropped) {

    static JobDetailView of(JobDetail detail) {
        JobView job = JobView.of(detail.job());
        return new JobDetailView(
                job.id(),
                job.state(),
                job.type(),
                job.queue(),
                job.payload(),
                job.priority(),
                job.uniqueKey(),
                job.concurrencyKey(),
                job.attempt(),
                job.maxAttempts(),
                job.firstDelay(),
                job.maxDelay(),
                job.createdAt(),
                job.runAt(),
                job.startedAt(),
                job.finishedAt(),
                job.worker(),
                job.lastError(),
                job.result(),
                job.progress(),
                job.cancelRequested(),
                detail.hasHandler(),
                detail.failures().stream().map(FailureView::of).toList(),
                detail.log().lines().stream().map(LogLineView::of).toList(),
                detail.log().dropped());
    }

    record FailureView(
            int attempt,
            Instant startedAt,
            Instant endedAt,
            String worker,
            String errorType,
            String message,
            String trace) {

        static FailureView of(JobFailure failure) {
            return new FailureView(
                    failure.attempt(),
                    failure.startedAt(),
                    failure.endedAt(),
                    failure.worker(),
                    failure.error().type(),
                    failure.error().message(),
                    failure.error().trace());
        }
    }

    record LogLineView(Instant at, String text) {

        static LogLineView of(LogLine line) {
            return new LogLineView(line.at(), line.text());
        }
    }
}
