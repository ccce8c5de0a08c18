package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "stats", description = "Count the jobs in each state, by queue.")
final class JobsStatsCommand implements Callable<Integer> {

    private final Invocation invocation;

    JobsStatsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            List<QueueCounts> counts = panel.jobs().counts(invocation.actor());
            Map<String, @Nullable Object> json = JsonDocument.object(
                    "queues", counts.stream().map(JobsStatsCommand::json).toList());
            return Answer.of(json, () -> table(counts), "There are no jobs.");
        });
    }

    private static Map<String, @Nullable Object> json(QueueCounts counts) {
        Map<String, Long> jobs = new TreeMap<>();
        counts.jobs().forEach((state, number) -> jobs.put(state.wireName(), number));
        return JsonDocument.object("queue", counts.queue(), "jobs", jobs);
    }

    private static Table table(List<QueueCounts> counts) {
        Table table = new Table(Stream.concat(
                        Stream.of("QUEUE"),
                        Stream.of(JobState.values())
                                .map(state -> state.wireName().toUpperCase(Locale.ROOT)))
                .toArray(String[]::new));
        for (QueueCounts queue : counts) {
            List<String> cells = new ArrayList<>(List.of(queue.queue().value()));
            queue.jobs().values().forEach(number -> cells.add(number.toString()));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }
}
