package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Confirmation;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.PartialRestore;
import io.aipanel.service.backup.Restored;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Put a backup in the place of everything there is, while no server runs; or one site of it, or the settings, also",
            "while one runs.",
            "Before, a backup is made of what is there, and its files are put aside until --confirm removes them for good.",
            "Sessions end, jobs wait until their queues are resumed. At a terminal it asks first."
        })
final class BackupRestoreCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which one; panel backup list shows them")
    private Optional<String> name = Optional.empty();

    @Option(names = "--site", paramLabel = "HOST", description = "Only this site, with the records of its databases")
    private Optional<String> site = Optional.empty();

    @Option(names = "--settings", description = "Only the settings")
    private boolean settings;

    @Option(
            names = "--confirm",
            description = "The last restore was right: remove for good what restores have put aside")
    private boolean confirm;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    BackupRestoreCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (name.isPresent() == confirm) {
            throw new UsageException("which one? Give a NAME, or --confirm when a restore was right");
        }
        if (site.isPresent() && settings || confirm && (site.isPresent() || settings)) {
            throw new UsageException("what? Give --site, or --settings, or neither for everything");
        }
        Optional<BackupName> wanted = name.map(BackupName::new);
        if (site.isPresent() || settings) {
            return restorePart(wanted.orElseThrow());
        }
        PanelOptions options = invocation.panelOptions(invocation.configuration(Map.of()), false);
        invocation.quietLogging();
        invocation.answer(wanted.map(backup -> restore(options, backup)).orElseGet(() -> discard(options)));
        return ExitCodes.DONE;
    }

    /** Nothing is lost by it, so that only a person is asked; a script goes on. */
    private Answer restore(PanelOptions options, BackupName backup) {
        if (invocation.terminal().prompt().isPresent()) {
            confirmation.require(
                    invocation.terminal(),
                    "Put " + backup + " in the place of everything in "
                            + options.storage().redactedUrl() + "?");
        }
        try (ProgressLine line = invocation.progress(false)) {
            return answer(Panel.restore(options, invocation.actor(), backup, BackupView.progress(line)));
        }
    }

    private int restorePart(BackupName backup) {
        Optional<HostName> hostName = site.map(HostName::new);
        return invocation.answerWithPanel(panel -> {
            List<String> changed;
            try (ProgressLine line = invocation.progress(false)) {
                PartialRestore parts = panel.partialRestore();
                changed = hostName.map(
                                wanted -> parts.site(invocation.actor(), backup, wanted, BackupView.progress(line)))
                        .orElseGet(() -> parts.settings(invocation.actor(), backup, BackupView.progress(line)));
            }
            return Answer.of(
                    JsonDocument.object("name", backup.value(), "changed", changed),
                    changed.isEmpty()
                            ? "It is as it was in " + backup + " already."
                            : "Restored from " + backup + ": " + String.join(", ", changed) + ".");
        });
    }

    private Answer discard(PanelOptions options) {
        List<String> gone = Panel.discardReplaced(options);
        return Answer.of(
                JsonDocument.object("removed", gone),
                gone.isEmpty() ? "There is nothing that was put aside." : "Removed " + String.join(", ", gone) + ".");
    }

    private static Answer answer(Restored restored) {
        List<String> paused = restored.paused().stream().map(QueueName::value).toList();
        List<String> lines = new ArrayList<>();
        lines.add("Restored " + restored.name() + ": everything is as it was at "
                + restored.at().truncatedTo(ChronoUnit.SECONDS) + ".");
        restored.unreadable()
                .ifPresent(
                        why -> lines.add("What was there could not be read, so that there is no backup of it: " + why));
        restored.before().ifPresent(before -> lines.add("What was there is in the backup " + before + "."));
        restored.aside()
                .ifPresent(aside -> lines.add("What was replaced is in " + aside
                        + "; when all is well, panel backup restore --confirm removes it."));
        lines.add(restored.origin()
                .map(origin -> "The audit log goes on from the backup under the name " + origin
                        + ": what was recorded since is not in it.")
                .orElse("The audit log was kept: it is intact and has all of the backup's and what came since."));
        lines.add("All sessions have ended.");
        if (!paused.isEmpty()) {
            lines.add("Jobs wait in these queues until somebody has looked at them: "
                    + paused.stream()
                            .map(queue -> "panel queues resume " + queue)
                            .collect(Collectors.joining(", ")));
        }
        return new Answer(
                JsonDocument.object(
                        "name", restored.name().value(),
                        "at", restored.at(),
                        "before", restored.before().map(BackupName::value),
                        "unreadable", restored.unreadable(),
                        "aside", restored.aside(),
                        "auditLogKept", restored.origin().isEmpty(),
                        "auditOrigin", restored.origin(),
                        "pausedQueues", paused),
                () -> lines);
    }
}
