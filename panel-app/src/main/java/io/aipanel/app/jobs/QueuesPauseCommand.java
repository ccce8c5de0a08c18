package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.jobs.QueueName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Nothing of a queue is started until it is resumed; what runs goes on.")
final class QueuesPauseCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "The queue")
    private String name = "";

    QueuesPauseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        QueueName queue = new QueueName(name);
        return invocation.answerWithPanel(panel -> {
            boolean changed = panel.queues().pause(invocation.actor(), queue);
            return Answer.of(
                    JsonDocument.object("name", queue, "paused", true, "changed", changed),
                    "The queue " + queue + (changed ? " is paused." : " was paused already."));
        });
    }
}
