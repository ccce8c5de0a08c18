package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.jobs.QueueName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "End the pause of a queue.")
final class QueuesResumeCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "The queue")
    private String name = "";

    QueuesResumeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        QueueName queue = new QueueName(name);
        return invocation.answerWithPanel(panel -> {
            boolean changed = panel.queues().resume(invocation.actor(), queue);
            return Answer.of(
                    JsonDocument.object("name", queue, "paused", false, "changed", changed),
                    "The queue " + queue + (changed ? " is resumed." : " was not paused."));
        });
    }
}
