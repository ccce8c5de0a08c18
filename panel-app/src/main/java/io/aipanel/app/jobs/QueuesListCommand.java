package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.service.jobs.QueueStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List the queues that hold jobs, are paused or limited, or are worked off.")
final class QueuesListCommand implements Callable<Integer> {

    private final Invocation invocation;

    QueuesListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            List<QueueStatus> queues = panel.queues().list(invocation.actor());
            Object json = JsonDocument.object(
                    "items", queues.stream().map(QueueView::json).toList(), "nextCursor", Optional.empty());
            return Answer.of(json, () -> QueueView.table(queues), "There are no queues yet.");
        });
    }
}
