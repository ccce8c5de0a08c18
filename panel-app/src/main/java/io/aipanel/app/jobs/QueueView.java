package io.aipanel.app.jobs;

import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.service.jobs.QueueStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How queues are shown: as in the HTTP API, or as tables. */
final class QueueView {

    private QueueView() {}

    static Map<String, @Nullable Object> json(QueueStatus status) {
        Map<JobState, Long> jobs = status.counts().jobs();
        return JsonDocument.object(
                "name", status.queue().name(),
                "paused", status.queue().paused(),
                "limits", json(status.queue().limits()),
                "pending", jobs.get(JobState.PENDING),
                "running", jobs.get(JobState.RUNNING),
                "completed", jobs.get(JobState.COMPLETED),
                "deadLetter", jobs.get(JobState.DEAD_LETTER),
                "cancelled", jobs.get(JobState.CANCELLED),
                "workers",
                        status.workers().stream()
                                .map(worker -> JsonDocument.object(
                                        "worker",
                                        worker.worker(),
                                        "types",
                                        worker.types().stream().sorted().toList()))
                                .toList(),
                "typesWithoutHandler", typesWithoutHandler(status));
    }

    static Map<String, @Nullable Object> json(QueueLimits limits) {
        return JsonDocument.object(
                "maxRunning",
                limits.maxRunning(),
                "maxRunningPerKey",
                limits.maxRunningPerKey(),
                "rate",
                limits.rate().map(rate -> JsonDocument.object("starts", rate.starts(), "period", rate.period())));
    }

    static List<Map<String, @Nullable Object>> typesWithoutHandler(QueueStatus status) {
        return status.withoutHandler().stream()
                .map(waiting -> JsonDocument.object("type", waiting.type(), "pending", waiting.pending()))
                .toList();
    }

    static Table table(List<QueueStatus> queues) {
        Table table = new Table("QUEUE", "STATE", "MAX RUNNING", "PER KEY", "RATE", "WORKERS", "TYPES", "NO HANDLER");
        for (QueueStatus status : queues) {
            QueueLimits limits = status.queue().limits();
            table.row(
                    status.queue().name().value(),
                    state(status),
                    limits.maxRunning().map(Object::toString).orElse("-"),
                    Integer.toString(limits.maxRunningPerKey()),
                    limits.rate().map(QueueView::rate).orElse("-"),
                    Integer.toString(status.workers().size()),
                    types(status),
                    withoutHandler(status));
        }
        return table;
    }

    static String state(QueueStatus status) {
        return status.queue().paused() ? "paused" : "active";
    }

    /** The types of waiting jobs that nobody handles now, with their number. */
    static String withoutHandler(QueueStatus status) {
        return status.withoutHandler().isEmpty()
                ? "-"
                : status.withoutHandler().stream()
                        .map(waiting -> waiting.type() + " (" + waiting.pending() + " pending)")
                        .collect(Collectors.joining(", "));
    }

    private static String types(QueueStatus status) {
        String types = status.workers().stream()
                .flatMap(worker -> worker.types().stream())
                .sorted()
                .distinct()
                .map(JobType::value)
                .collect(Collectors.joining(", "));
        return types.isEmpty() ? "-" : types;
    }

    private static String rate(RateLimit rate) {
        return rate.starts() + " in " + rate.period();
    }
}
