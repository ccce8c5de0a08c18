package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.service.backup.Backup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the backups in backup.directory, the newest first.")
final class BackupListCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--copies", description = "List those in backup.copy.directory instead")
    private boolean copies;

    BackupListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            List<Backup> backups = copies
                    ? panel.backups().copies().list(invocation.actor())
                    : panel.backups().list(invocation.actor());
            Object json = JsonDocument.object(
                    "items", backups.stream().map(BackupView::json).toList(), "nextCursor", Optional.empty());
            return Answer.of(
                    json,
                    () -> BackupView.table(backups, invocation.now()),
                    copies
                            ? "There are no copies of backups."
                            : "There are no backups yet: panel backup create makes one.");
        });
    }
}
