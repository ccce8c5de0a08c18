package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.service.backup.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Check a backup: digests, every page and reference, numbers of rows, the audit log against what was signed.",
            "Exit code 3 if something is wrong with it."
        })
final class BackupVerifyCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "Which one; panel backup list shows them")
    private String name = "";

    @Option(
            names = "--restore-test",
            description = "Restore it into a directory of its own, too, and use it there as the panel would")
    private boolean restore;

    BackupVerifyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        BackupName wanted = new BackupName(name);
        return invocation.withPanel(panel -> {
            Check check;
            try (ProgressLine line = invocation.progress(false)) {
                check = panel.backups().verify(invocation.actor(), wanted, restore, BackupView.progress(line));
            }
            invocation.answer(answer(wanted, check));
            return check.passed() ? ExitCodes.DONE : ExitCodes.FOUND;
        });
    }

    private static Answer answer(BackupName name, Check check) {
        List<String> lines = new ArrayList<>();
        if (check.passed()) {
            lines.add(name + " is sound" + (check.restored() ? ", and was restored and used in a test" : "") + " ("
                    + check.took().toMillis() + " ms).");
        } else {
            lines.add(name + " is not sound:");
            check.problems().forEach(problem -> lines.add("  " + problem));
        }
        return new Answer(JsonDocument.object("name", name.value(), "check", BackupView.json(check)), () -> lines);
    }
}
