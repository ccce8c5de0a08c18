package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.jobs.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List schedules.")
final class SchedulesListCommand implements Callable<Integer> {

    private final Invocation invocation;

    SchedulesListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            List<Schedule> schedules = panel.schedules().list(invocation.actor());
            Object json = JsonDocument.object(
                    "items", schedules.stream().map(ScheduleView::json).toList(), "nextCursor", Optional.empty());
            return Answer.of(
                    json,
                    () -> ScheduleView.table(schedules, invocation.now()),
                    "There are no schedules yet: panel schedules add NAME TYPE --cron '0 3 * * *'");
        });
    }
}
