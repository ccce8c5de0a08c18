package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Text;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.service.jobs.NewSchedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "add", description = "Add a schedule: a job that is enqueued again and again.")
final class SchedulesAddCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "NAME", description = "What the schedule is called")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "What kind of work it enqueues")
    private String type = "";

    @Option(
            names = "--cron",
            paramLabel = "FIELDS",
            required = true,
            description = "When: minute, hour, day of the month, month, day of the week, such as '30 3 * * mon-fri'; or"
                    + " @hourly, @daily, @weekly, @monthly, @yearly")
    private String cron = "";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Whose clock that is about, such as Europe/Berlin (default: UTC)")
    private String zone = "UTC";

    @Option(names = "--replace", description = "Replace the schedule of this name, if there is one")
    private boolean replace;

    @Mixin
    private JobOptions options = new JobOptions();

    SchedulesAddCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        NewSchedule wanted = new NewSchedule(new ScheduleName(name), cron, zoneId(), options.job(invocation, type));
        return invocation.answerWithPanel(panel -> {
            Schedule schedule = replace
                    ? panel.schedules().put(invocation.actor(), wanted)
                    : panel.schedules().add(invocation.actor(), wanted);
            return Answer.of(
                    ScheduleView.json(schedule),
                    "The schedule " + schedule.name() + " is next due at "
                            + Text.time(schedule.nextRunAt(), invocation.now()) + ".");
        });
    }

    private ZoneId zoneId() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new UsageException("--zone must be a time zone such as Europe/Berlin or UTC (it is '" + zone + "')");
        }
    }
}
