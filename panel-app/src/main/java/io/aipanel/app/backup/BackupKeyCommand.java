package io.aipanel.app.backup;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.service.backup.SecretFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "key",
        description = {
            "Make a key that encrypts backups, in a new file for its owner only; backup.encryption.key-file names it then.",
            "Prints the key's id. Keep a copy of the file elsewhere: without it, nobody can read the backups."
        })
final class BackupKeyCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", description = "The new file")
    private Path file = Path.of("");

    BackupKeyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Path made = invocation.directory().resolve(file);
        String id = SecretFile.make(made);
        invocation.message("key in " + made + ": keep a copy of it elsewhere, without it nobody can read the backups");
        invocation.answer(Answer.of(JsonDocument.object("file", made.toString(), "keyId", id), id));
        return ExitCodes.DONE;
    }
}
