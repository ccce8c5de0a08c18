package io.aipanel.app.jobs;

import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How jobs are shown: as in the HTTP API, or as tables. */
final class JobView {

    private JobView() {}

    static Map<String, @Nullable Object> json(Job job) {
        return JsonDocument.object(
                "id", job.id().value(),
                "type", job.type(),
                "queue", job.queue(),
                "state", job.state().wireName(),
                "payload", job.payload(),
                "priority", job.priority(),
                "uniqueKey", job.uniqueKey(),
                "concurrencyKey", job.concurrencyKey(),
                "attempt", job.attempt(),
                "maxAttempts", job.retry().map(RetryPolicy::maxAttempts),
                "firstDelay", job.retry().map(RetryPolicy::firstDelay),
                "maxDelay", job.retry().map(RetryPolicy::maxDelay),
                "createdAt", job.createdAt(),
                "runAt", job.runAt(),
                "startedAt", job.startedAt(),
                "finishedAt", job.finishedAt(),
                "worker", job.worker(),
                "lastError", job.lastError(),
                "result", job.result(),
                "progress",
                        job.progress()
                                .map(progress ->
                                        JsonDocument.object("percent", progress.percent(), "text", progress.text())),
                "cancelRequested", job.cancelRequested());
    }

    /** A job that a schedule enqueues. */
    static Map<String, @Nullable Object> json(NewJob job) {
        return JsonDocument.object(
                "type", job.type(),
                "queue", job.queue(),
                "payload", job.payload(),
                "priority", job.priority(),
                "uniqueKey", job.uniqueKey(),
                "uniqueFor", job.uniqueFor(),
                "concurrencyKey", job.concurrencyKey(),
                "maxAttempts", job.retry().map(RetryPolicy::maxAttempts),
                "firstDelay", job.retry().map(RetryPolicy::firstDelay),
                "maxDelay", job.retry().map(RetryPolicy::maxDelay));
    }

    static Table table(List<Job> jobs, Instant now) {
        Table table = new Table("ID", "TYPE", "QUEUE", "STATE", "ATTEMPT", "PRIORITY", "RUN AT", "FINISHED");
        for (Job job : jobs) {
            table.row(
                    job.id().toString(),
                    job.type().value(),
                    job.queue().value(),
                    state(job),
                    attempt(job, "/"),
                    Integer.toString(job.priority()),
                    Text.time(job.runAt(), now),
                    Text.time(job.finishedAt(), now));
        }
        return table;
    }

    static Table described(Job job, String state, Instant now) {
        return new Table("JOB", job.id().toString())
                .row("type", job.type().value())
                .row("queue", job.queue().value())
                .row("state", state)
                .row("attempt", attempt(job, " of "))
                .row("priority", Integer.toString(job.priority()))
                .row("unique key", job.uniqueKey().orElse("-"))
                .row("concurrency key", job.concurrencyKey().orElse("-"))
                .row("created", Text.time(job.createdAt(), now))
                .row("run at", Text.time(job.runAt(), now))
                .row("started", Text.time(job.startedAt(), now))
                .row("finished", Text.time(job.finishedAt(), now))
                .row("worker", job.worker().orElse("-"))
                .row(
                        "progress",
                        job.progress()
                                .map(progress -> progress.percent() + " % " + progress.text())
                                .orElse("-"))
                .row("last error", job.lastError().orElse("-"))
                .row("payload", job.payload().value())
                .row("result", job.result().map(JsonText::value).orElse("-"));
    }

    static String state(Job job) {
        boolean leaving = job.cancelRequested() && job.state() == JobState.RUNNING;
        return job.state().wireName() + (leaving ? ", to be cancelled" : "");
    }

    /** Which attempt it is, and of how many if the job itself says so. */
    private static String attempt(Job job, String of) {
        return job.attempt()
                + job.retry()
                        .map(policy -> of + (job.earlierAttempts() + policy.maxAttempts()))
                        .orElse("");
    }
}
