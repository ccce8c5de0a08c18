package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.domain.backup.BackupName;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "copy",
        description = {
            "Copy backups to backup.copy.directory that are not there yet, and would be kept there.",
            "Each new backup is copied there anyway; this makes up for what could not be copied then."
        })
final class BackupCopyCommand implements Callable<Integer> {

    private final Invocation invocation;

    BackupCopyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            List<BackupName> copied;
            try (ProgressLine line = invocation.progress(false)) {
                copied = panel.backups().copies().make(invocation.actor(), BackupView.progress(line));
            }
            return Answer.of(
                    JsonDocument.object(
                            "copied", copied.stream().map(BackupName::value).toList()),
                    copied.isEmpty()
                            ? "There is nothing to copy."
                            : "Copied " + copied.stream().map(BackupName::value).collect(Collectors.joining(", "))
                                    + ".");
        });
    }
}
