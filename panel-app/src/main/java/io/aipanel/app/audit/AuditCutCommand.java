package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Confirmation;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.app.cli.Times;
import io.aipanel.app.cli.UsageException;
import io.aipanel.service.Panel;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "cut",
        description = {
            "Cut off the beginning of the audit log, for good. What is left still proves itself, and says that it was cut.",
            "It asks first, or needs --yes where there is no terminal."
        })
final class AuditCutCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--below", paramLabel = "INDEX", description = "Every event with a smaller index")
    private Optional<Long> below = Optional.empty();

    @Option(
            names = "--before",
            paramLabel = "TIME",
            description = "Every event below the first one at or after this time")
    private Optional<String> before = Optional.empty();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    AuditCutCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (below.isPresent() == before.isPresent()) {
            throw new UsageException("where? Give --below or --before");
        }
        Optional<Instant> since = before.map(text -> Times.parse("--before", text));
        if (!confirmation.isGiven() && invocation.terminal().prompt().isEmpty()) {
            // Before the storage is touched.
            confirmation.require(invocation.terminal(), "");
        }
        return invocation.withPanel(panel -> {
            long first = below.orElseGet(() -> firstSince(panel, since.orElseThrow()));
            confirmation.require(
                    invocation.terminal(), "Cut off every event of the audit log below " + first + ", for good?");
            invocation.answer(cut(panel, first));
            return ExitCodes.DONE;
        });
    }

    private long firstSince(Panel panel, Instant time) {
        try (ProgressLine line = invocation.progress(false)) {
            return panel.audit().firstSince(invocation.actor(), time, EventProgress.of(line, "looked at"));
        }
    }

    private Answer cut(Panel panel, long first) {
        long removed = panel.audit().cut(invocation.actor(), first);
        try (ProgressLine line = invocation.progress(false)) {
            panel.audit()
                    .removeCutOff(
                            invocation.actor(),
                            gone -> line.show(() -> EventProgress.text(gone, Math.max(gone, removed), "removed")));
        }
        return Answer.of(
                JsonDocument.object("first", first, "removed", removed),
                removed == 0
                        ? "There was nothing to cut off below " + first + "."
                        : "Cut off " + removed + (removed == 1 ? " event" : " events") + "; the log begins at " + first
                                + " now.");
    }
}
