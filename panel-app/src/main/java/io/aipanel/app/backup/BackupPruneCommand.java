package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.backup.BackupName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "prune",
        description = {
            "Remove the backups that need not be kept. Kept are the newest of each of the last 7 days, 4 weeks and 3 months",
            "that have one, the newest sound one, and what was made before a restore until the next scheduled one. The same in backup.copy.directory."
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
            List<BackupName> copies = panel.backups().copies().prune(invocation.actor());
            return new Answer(
                    JsonDocument.object(
                            "removed", removed.stream().map(BackupName::value).toList(),
                            "removedCopies",
                                    copies.stream().map(BackupName::value).toList()),
                    () -> lines(removed, copies));
        });
    }

    private static List<String> lines(List<BackupName> removed, List<BackupName> copies) {
        List<String> lines = new ArrayList<>();
        if (!removed.isEmpty()) {
            lines.add("Removed " + names(removed) + ".");
        }
        if (!copies.isEmpty()) {
            lines.add("Removed the copies of " + names(copies) + ".");
        }
        return lines.isEmpty() ? List.of("There is nothing to remove.") : lines;
    }

    private static String names(List<BackupName> names) {
        return names.stream().map(BackupName::value).collect(Collectors.joining(", "));
    }
}
