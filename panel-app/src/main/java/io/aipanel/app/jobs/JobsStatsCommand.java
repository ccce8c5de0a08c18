package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.service.jobs.QueueStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "stats",
        description = "Count the jobs in each state, by queue; tell which queues are paused and what nobody handles.")
final class JobsStatsCommand implements Callable<Integer> {

    private final Invocation invocation;

    JobsStatsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            List<QueueStatus> queues = panel.queues().list(invocation.actor());
            Map<String, @Nullable Object> json = JsonDocument.object(
                    "queues", queues.stream().map(JobsStatsCommand::json).toList());
            return Answer.of(json, () -> table(queues), "There are no jobs.");
        });
    }

    private static Map<String, @Nullable Object> json(QueueStatus status) {
        Map<String, Long> jobs = new TreeMap<>();
        status.counts().jobs().forEach((state, number) -> jobs.put(state.wireName(), number));
        return JsonDocument.object(
                "queue", status.queue().name(),
                "jobs", jobs,
                "paused", status.queue().paused(),
                "typesWithoutHandler", QueueView.typesWithoutHandler(status));
    }

    private static Table table(List<QueueStatus> queues) {
        List<String> headings = new ArrayList<>(List.of("QUEUE"));
        for (JobState state : JobState.values()) {
            headings.add(state.wireName().toUpperCase(Locale.ROOT));
        }
        headings.addAll(List.of("STATE", "NO HANDLER"));
        Table table = new Table(headings.toArray(String[]::new));
        for (QueueStatus status : queues) {
            List<String> cells = new ArrayList<>(List.of(status.queue().name().value()));
            status.counts().jobs().values().forEach(number -> cells.add(number.toString()));
            cells.addAll(List.of(QueueView.state(status), QueueView.withoutHandler(status)));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }
}
