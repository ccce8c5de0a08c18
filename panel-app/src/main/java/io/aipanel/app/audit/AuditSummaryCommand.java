package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "summary", description = "Count events by what they have in common.")
final class AuditSummaryCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "What they have in common: action (default), actor, outcome, hour or day")
    private String by = "action";

    @Mixin
    private EventOptions events = new EventOptions();

    AuditSummaryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        EventGrouping grouping = Choice.of("--by", by, EventGrouping.values());
        AuditFilter filter = events.filter(Optional.empty(), true);
        return invocation.answerWithPanel(panel -> {
            List<EventCount> counts = panel.audit().counts(invocation.actor(), filter, grouping);
            return Answer.of(
                    JsonDocument.object(
                            "items",
                            counts.stream()
                                    .map(count -> JsonDocument.object("group", count.group(), "events", count.events()))
                                    .toList()),
                    () -> table(grouping, counts),
                    "There are no such events.");
        });
    }

    private static Table table(EventGrouping grouping, List<EventCount> counts) {
        Table table = new Table(grouping.name(), "EVENTS");
        counts.forEach(count -> table.row(count.group(), Long.toString(count.events())));
        return table;
    }
}
