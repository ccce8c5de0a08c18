package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.Invocation;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.service.iam.Actor;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "record", description = "Record that something was done, now.")
final class AuditRecordCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(
            paramLabel = "ACTION",
            description = "What was done: lower-case words joined by dots, such as backup.copy")
    private String action = "";

    @Option(names = "--target", paramLabel = "TARGET", description = "What it was done to, such as site:example.com")
    private String target = "";

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "How it ended: success, refused or failure (default: success)")
    private String outcome = "success";

    @Option(names = "--details", paramLabel = "JSON", description = "Anything else; never a secret (default: {})")
    private String details = "{}";

    @Option(names = "--actor", paramLabel = "ACTOR", description = "Who did it (default: cli: and your user name)")
    private Optional<String> actor = Optional.empty();

    AuditRecordCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        AuditOutcome ended = Choice.of("--outcome", outcome, AuditOutcome.values());
        JsonText json = new JsonText(details);
        Actor who = actor.map(Actor::program).orElseGet(invocation::actor);
        return invocation.answerWithPanel(panel -> {
            AuditEvent event = panel.audit().record(who, action, target, ended, json);
            return Answer.of(AuditEventView.json(event), "Recorded event " + event.index() + ".");
        });
    }
}
