package io.aipanel.app.jobs;

import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.service.jobs.JobDetail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How everything about a job is shown: as in the HTTP API, or as lines. */
final class JobDetailView {

    private JobDetailView() {}

    static Map<String, @Nullable Object> json(JobDetail detail) {
        Map<String, @Nullable Object> json = JobView.json(detail.job());
        json.put("hasHandler", detail.hasHandler());
        json.put("failures", detail.failures().stream().map(JobDetailView::json).toList());
        json.put(
                "log",
                detail.log().lines().stream()
                        .map(line -> JsonDocument.object("at", line.at(), "text", line.text()))
                        .toList());
        json.put("logDropped", detail.log().dropped());
        return json;
    }

    private static Map<String, @Nullable Object> json(JobFailure failure) {
        return JsonDocument.object(
                "attempt", failure.attempt(),
                "startedAt", failure.startedAt(),
                "endedAt", failure.endedAt(),
                "worker", failure.worker(),
                "errorType", failure.error().type(),
                "message", failure.error().message(),
                "trace", failure.error().trace());
    }

    static List<String> lines(JobDetail detail, Instant now) {
        Job job = detail.job();
        boolean waitsInVain = job.state() == JobState.PENDING && !detail.hasHandler();
        List<String> lines =
                new ArrayList<>(JobView.described(job, JobView.state(job) + (waitsInVain ? ", no handler" : ""), now)
                        .lines());
        if (!detail.failures().isEmpty()) {
            lines.add("");
            lines.addAll(failures(detail.failures()).lines());
        }
        if (!detail.log().lines().isEmpty()) {
            lines.add("");
            lines.addAll(log(detail.log()));
        }
        return lines;
    }

    private static Table failures(List<JobFailure> failures) {
        Table table = new Table("FAILED ATTEMPT", "STARTED", "ENDED", "WORKER", "ERROR");
        for (JobFailure failure : failures) {
            table.row(
                    Integer.toString(failure.attempt()),
                    Text.time(failure.startedAt()),
                    Text.time(failure.endedAt()),
                    failure.worker(),
                    failure.error().summary());
        }
        return table;
    }

    private static List<String> log(JobLog log) {
        List<String> lines = new ArrayList<>();
        lines.add("LOG" + (log.dropped() == 0 ? "" : ", without the first " + log.dropped() + " lines"));
        for (LogLine line : log.lines()) {
            lines.add(Text.time(line.at()) + "  " + Text.onOneLine(line.text()));
        }
        return lines;
    }
}
