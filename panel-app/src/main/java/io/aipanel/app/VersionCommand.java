package io.aipanel.app;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Show the version of the panel and of Java.")
final class VersionCommand implements Callable<Integer> {

    private final Invocation invocation;

    VersionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String version = ProgramVersion.current();
        String java = System.getProperty("java.version");
        invocation.answer(Answer.of(
                JsonDocument.object("version", version, "java", java), "panel " + version + " (Java " + java + ")"));
        return ExitCodes.DONE;
    }
}
