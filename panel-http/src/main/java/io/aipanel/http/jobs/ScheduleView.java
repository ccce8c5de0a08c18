package io.aipanel.http.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.domain.jobs.Schedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A schedule as the outside sees it. */
record ScheduleView(
        String name,
        String cron,
        String zone,
        ScheduledJobView job,
        @Nullable Instant nextRunAt,
        @Nullable Instant lastRunAt,
        @Nullable Long lastJob) {

    static ScheduleView of(Schedule schedule) {
        return new ScheduleView(
                schedule.name().value(),
                schedule.cron(),
                schedule.zone().getId(),
                ScheduledJobView.of(schedule.job()),
                schedule.nextRunAt().orElse(null),
                schedule.lastRunAt().orElse(null),
                schedule.lastJob().map(JobId::value).orElse(null));
    }

    record ScheduledJobView(
            String type,
            String queue,
            JsonText payload,
            int priority,
            @Nullable String uniqueKey,
            @Nullable Duration uniqueFor,
            @Nullable String concurrencyKey,
            @Nullable Integer maxAttempts,
            @Nullable Duration firstDelay,
            @Nullable Duration maxDelay) {

        static ScheduledJobView of(NewJob job) {
            return new ScheduledJobView(
                    job.type().value(),
                    job.queue().value(),
                    job.payload(),
                    job.priority(),
                    job.uniqueKey().orElse(null),
                    job.uniqueFor().orElse(null),
                    job.concurrencyKey().orElse(null),
                    job.retry().map(RetryPolicy::maxAttempts).orElse(null),
                    job.retry().map(RetryPolicy::firstDelay).orElse(null),
                    job.retry().map(RetryPolicy::maxDelay).orElse(null));
        }
    }
}
