package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.backup.BackupName;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "prune",
        description = {
            "Remove the backups that need not be kept. Kept are the newest of each of the last 7 days, 4 weeks and 3 months",
            "that have one, the newest sound one, and what was made before a restore until the next scheduled one."
        })
final class BackupPruneCommand implements Callable<Integer> {

    private final Invocation invocation;

    BackupPruneCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            List<BackupName> removed = panel.backups().prune(invocation.actor());
            return Answer.of(
                    JsonDocument.object(
                            "removed", removed.stream().map(BackupName::value).toList()),
                    removed.isEmpty()
                            ? "There is nothing to remove."
                            : "Removed "
                                    + removed.stream().map(BackupName::value).collect(Collectors.joining(", ")) + ".");
        });
    }
}
