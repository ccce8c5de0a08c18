package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** What is measured of the jobs of one type in one queue. */
final class TypeMeters {

    private final InstantSource clock;
    private final Counter enqueued;
    private final Counter started;
    private final Counter completed;
    private final Counter failed;
    private final Counter dead;
    private final Timer waiting;
    private final Timer running;

    TypeMeters(MeterRegistry registry, InstantSource clock, String queue, String type) {
        this.clock = clock;
        Tags tags = Tags.of("queue", queue, "type", type);
        this.enqueued = counter(registry, "panel.jobs.enqueued", "Jobs enqueued here", tags);
        this.started = counter(registry, "panel.jobs.started", "Attempts started here", tags);
        this.completed = counter(registry, "panel.jobs.completed", "Attempts that ended well", tags);
        this.failed = counter(registry, "panel.jobs.failed", "Attempts that failed, the last ones included", tags);
        this.dead = counter(registry, "panel.jobs.dead", "Attempts that failed and made their job a dead letter", tags);
        this.waiting = Timer.builder("panel.jobs.wait")
                .description("From the time a job was due to its start")
                .tags(tags)
                .register(registry);
        this.running = Timer.builder("panel.jobs.run")
                .description("How long attempts took")
                .tags(tags)
                .register(registry);
    }

    void enqueued(int jobs) {
        enqueued.increment(jobs);
    }

    void started(RunningJob running) {
        Job job = running.job();
        Instant due = job.runAt().isAfter(job.createdAt()) ? job.runAt() : job.createdAt();
        Duration waited = Duration.between(due, clock.instant());
        started.increment();
        // The store's clock may be ahead of ours.
        waiting.record(waited.isNegative() ? Duration.ZERO : waited);
    }

    void ended(JobEnd end, long nanos) {
        running.record(nanos, TimeUnit.NANOSECONDS);
        if (end instanceof JobEnd.Completed) {
            completed.increment();
        } else if (end instanceof JobEnd.Failed failure) {
            failed.increment();
            if (failure.retryAfter().isEmpty()) {
                dead.increment();
            }
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
