package io.aipanel.app.jobs;

import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.Job;
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
                "attempt", job.attempt(),
                "maxAttempts", job.retry().maxAttempts(),
                "createdAt", job.createdAt(),
                "runAt", job.runAt(),
                "startedAt", job.startedAt(),
                "finishedAt", job.finishedAt(),
                "worker", job.worker(),
                "lastError", job.lastError(),
                "result", job.result());
    }

    static Table table(List<Job> jobs, Instant now) {
        Table table = new Table("ID", "TYPE", "QUEUE", "STATE", "ATTEMPT", "PRIORITY", "RUN AT", "FINISHED");
        for (Job job : jobs) {
            table.row(
                    job.id().toString(),
                    job.type().value(),
                    job.queue().value(),
                    job.state().wireName(),
                    job.attempt() + "/" + job.retry().maxAttempts(),
                    Integer.toString(job.priority()),
                    Text.time(job.runAt(), now),
                    Text.time(job.finishedAt(), now));
        }
        return table;
    }

    static List<String> lines(Job job, Instant now) {
        return new Table("JOB", job.id().toString())
                .row("type", job.type().value())
                .row("queue", job.queue().value())
                .row("state", job.state().wireName())
                .row("attempt", job.attempt() + " of " + job.retry().maxAttempts())
                .row("priority", Integer.toString(job.priority()))
                .row("unique key", job.uniqueKey().orElse("-"))
                .row("created", Text.time(job.createdAt(), now))
                .row("run at", Text.time(job.runAt(), now))
                .row("started", Text.time(job.startedAt(), now))
                .row("finished", Text.time(job.finishedAt(), now))
                .row("worker", job.worker().orElse("-"))
                .row("last error", job.lastError().orElse("-"))
                .row("payload", job.payload().value())
                .row("result", job.result().map(JsonText::value).orElse("-"))
                .lines();
    }
}
