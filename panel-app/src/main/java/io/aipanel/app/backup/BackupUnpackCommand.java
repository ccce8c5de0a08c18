package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.domain.backup.BackupName;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "unpack",
        description = {
            "Bring the files of a backup back as SQLite or psql can read them: decrypted, decompressed, and compared.",
            "Nothing of the panel is changed."
        })
final class BackupUnpackCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "Which one; panel backup list shows them")
    private String name = "";

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "A new directory")
    private Path to = Path.of("");

    BackupUnpackCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        BackupName wanted = new BackupName(name);
        Path directory = invocation.directory().resolve(to);
        return invocation.answerWithPanel(panel -> {
            try (ProgressLine line = invocation.progress(false)) {
                panel.backups().unpack(invocation.actor(), wanted, directory, BackupView.progress(line));
            }
            return Answer.of(
                    JsonDocument.object("name", wanted.value(), "directory", directory.toString()),
                    "Unpacked " + wanted + " to " + directory + ".");
        });
    }
}
