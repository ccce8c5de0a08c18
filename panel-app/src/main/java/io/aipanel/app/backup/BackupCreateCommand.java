package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.service.Panel;
import io.aipanel.service.backup.Backup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Make a backup of one instant of everything, also while a server runs, and check it.",
            "Prints its name. It is whole, or not there. With backup.copy.directory it is copied there, too."
        })
final class BackupCreateCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--to", paramLabel = "DIR", description = "Another directory than backup.directory")
    private Optional<Path> to = Optional.empty();

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = {
                "online: writers go on. checkpoint (SQLite only): writers wait while",
                "the stores' own files are copied. Without it: online"
            })
    private String method = BackupMethod.ONLINE.wireName();

    BackupCreateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        BackupMethod chosen = BackupMethod.ofWireName(method);
        return invocation.answerWithPanel(panel -> {
            Backup made;
            try (ProgressLine line = invocation.progress(false)) {
                made = panel.backups()
                        .create(
                                invocation.actor(),
                                BackupTrigger.ON_DEMAND,
                                chosen,
                                to.map(invocation.directory()::resolve),
                                BackupView.progress(line));
            }
            invocation.message("backup of " + BackupView.size(made) + " in " + made.directory()
                    + (chosen == BackupMethod.CHECKPOINT ? "; writers have waited while it was copied" : ""));
            if (to.isEmpty()) {
                copy(panel);
            }
            return Answer.of(BackupView.json(made), made.name().value());
        });
    }

    private void copy(Panel panel) {
        try (ProgressLine line = invocation.progress(false)) {
            panel.backups().copies().make(invocation.actor(), BackupView.progress(line));
        }
    }
}
