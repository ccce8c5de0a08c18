package io.aipanel.app.versions;

import io.aipanel.app.cli.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "refresh", description = "Look at the host again, and list what is there now.")
final class VersionsRefreshCommand implements Callable<Integer> {

    private final Invocation invocation;

    VersionsRefreshCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> ComponentView.answer(
                panel.components().refresh(invocation.actor()), panel.components(), invocation.now()));
    }
}
