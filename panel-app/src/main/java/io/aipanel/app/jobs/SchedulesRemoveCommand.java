package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.jobs.ScheduleName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Remove a schedule. What it has enqueued stays.")
final class SchedulesRemoveCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "The schedule")
    private String name = "";

    SchedulesRemoveCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ScheduleName schedule = new ScheduleName(name);
        return invocation.answerWithPanel(panel -> {
            panel.schedules().remove(invocation.actor(), schedule);
            return Answer.of(JsonDocument.object("name", schedule), "Removed the schedule " + schedule + ".");
        });
    }
}
