package io.aipanel.app.jobs;

import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How schedules are shown: as in the HTTP API, or as a table. */
final class ScheduleView {

    private ScheduleView() {}

    static Map<String, @Nullable Object> json(Schedule schedule) {
        return JsonDocument.object(
                "name", schedule.name(),
                "cron", schedule.cron(),
                "zone", schedule.zone().getId(),
                "job", JobView.json(schedule.job()),
                "nextRunAt", schedule.nextRunAt(),
                "lastRunAt", schedule.lastRunAt(),
                "lastJob", schedule.lastJob().map(JobId::value));
    }

    static Table table(List<Schedule> schedules, Instant now) {
        Table table = new Table("NAME", "CRON", "ZONE", "TYPE", "QUEUE", "NEXT", "LAST", "LAST JOB");
        for (Schedule schedule : schedules) {
            table.row(
                    schedule.name().value(),
                    schedule.cron(),
                    schedule.zone().getId(),
                    schedule.job().type().value(),
                    schedule.job().queue().value(),
                    Text.time(schedule.nextRunAt(), now),
                    Text.time(schedule.lastRunAt(), now),
                    schedule.lastJob().map(JobId::toString).orElse("-"));
        }
        return table;
    }
}
