package io.aipanel.app.versions;

import io.aipanel.app.cli.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "List the components that are known, as they were when the host was last looked at.")
final class VersionsListCommand implements Callable<Integer> {

    private final Invocation invocation;

    VersionsListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> ComponentView.answer(
                panel.components().list(invocation.actor()), panel.components(), invocation.now()));
    }
}
