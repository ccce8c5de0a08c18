package io.aipanel.app.audit;

import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Paging;
import io.aipanel.app.cli.Times;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List events, the newest first.")
final class AuditListCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--from", paramLabel = "TIME", description = "Only events at this time or later")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Only events before this time")
    private Optional<String> to = Optional.empty();

    @Option(names = "--actor", paramLabel = "ACTOR", description = "Only events of this actor")
    private Optional<String> actor = Optional.empty();

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "Only this action or, ending in a dot, all that start with it: user.")
    private Optional<String> action = Optional.empty();

    @Option(names = "--target", paramLabel = "TARGET", description = "Only events about this target")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only events that ended so: success, refused or failure")
    private Optional<String> outcome = Optional.empty();

    @Mixin
    private Paging paging = new Paging();

    AuditListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        AuditFilter filter = new AuditFilter(
                from.map(text -> Times.parse("--from", text)),
                to.map(text -> Times.parse("--to", text)),
                actor,
                action,
                target,
                outcome.map(word -> Choice.of("--outcome", word, AuditOutcome.values())),
                true);
        PageRequest request = paging.request();
        return invocation.answerWithPanel(panel -> Paging.answer(
                panel.audit().list(invocation.actor(), filter, request),
                AuditEventView::json,
                events -> AuditEventView.table(events, invocation.now()),
                "There are no such events."));
    }
}
