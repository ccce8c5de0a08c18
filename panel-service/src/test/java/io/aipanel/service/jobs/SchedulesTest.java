package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.PermissionDenied;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulesTest extends PanelTest {

    private static final ScheduleName NAME = new ScheduleName("report");

    @Override
    protected PanelOptions options() {
        return super.options().jobs(JobMode.WORKERS);
    }

    @Test
    void aScheduleSaysWhenItIsNextDueOnTheClockOfItsZone() {
        Schedule schedule = put("30 2 * * *", ZoneId.of("Europe/Warsaw"));

        assertThat(schedule.nextRunAt()).contains(Instant.parse("2026-03-02T01:30:00Z"));
        assertThat(panel.schedules().find(PROGRAM, NAME)).contains(schedule);
        assertThat(panel.schedules().list(PROGRAM))
                .extracting(each -> each.name().value())
                .containsExactly("jobs.prune", "report", "sessions.sweep", "versions.refresh");
    }

    @Test
    void aRunThatWasMissedHappensOnceHoweverManyPanelsAreThere() {
        put("0 * * * *", ZoneOffset.UTC);
        panel.close();
        clock.advance(Duration.ofHours(5));

        panel = Panel.open(options());
        try (Panel other = Panel.open(options())) {
            await().untilAsserted(() -> assertThat(runs()).hasSize(1));
            clock.advance(Duration.ofHours(1));
            touchASchedule(other);
            await().untilAsserted(() -> assertThat(runs()).hasSize(2));
        }
        panel.close();
        panel = Panel.open(options());

        Schedule schedule = panel.schedules().find(PROGRAM, NAME).orElseThrow();
        assertThat(schedule.nextRunAt()).contains(Instant.parse("2026-03-01T19:00:00Z"));
        assertThat(schedule.lastRunAt()).contains(Instant.parse("2026-03-01T18:00:00Z"));
        assertThat(schedule.lastJob()).contains(runs().get(0).id());
        assertThat(runs()).hasSize(2);
    }

    @Test
    void aScheduleThatIsRemovedRunsNoMore() {
        put("0 * * * *", ZoneOffset.UTC);

        panel.schedules().remove(PROGRAM, NAME);

        assertThat(panel.schedules().find(PROGRAM, NAME)).isEmpty();
        assertThatThrownBy(() -> panel.schedules().remove(PROGRAM, NAME))
                .isInstanceOf(NotFound.class)
                .hasMessage("there is no schedule report");
        await().untilAsserted(() -> assertThat(actions()).contains("schedule.put", "schedule.remove"));
    }

    @Test
    void whatThePanelDoesByItselfKeepsTheTimeThatSomebodyGaveIt() {
        NewSchedule nightly = new NewSchedule(
                new ScheduleName("jobs.prune"),
                "0 4 * * *",
                ZoneOffset.UTC,
                NewJob.of("jobs.prune").queue("panel"));
        panel.schedules().put(PROGRAM, nightly);
        panel.schedules().remove(PROGRAM, new ScheduleName("sessions.sweep"));
        panel.close();

        panel = Panel.open(options());

        assertThat(panel.schedules()
                        .find(PROGRAM, new ScheduleName("jobs.prune"))
                        .orElseThrow()
                        .cron())
                .isEqualTo("0 4 * * *");
        assertThat(panel.schedules().find(PROGRAM, new ScheduleName("sessions.sweep")))
                .isPresent();
    }

    @Test
    void badSchedulesAreRefused() {
        assertThatThrownBy(() -> put("every day", ZoneOffset.UTC))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("cron must be five fields");
        assertThatThrownBy(() -> put("0 0 31 2 *", ZoneOffset.UTC))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("cron \"0 0 31 2 *\" never comes true: choose a day that exists");
        assertThatThrownBy(() -> panel.schedules()
                        .put(
                                PROGRAM,
                                new NewSchedule(
                                        NAME,
                                        "@daily",
                                        ZoneOffset.UTC,
                                        NewJob.of("x").delay(Duration.ofHours(1)))))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> panel.schedules()
                        .put(
                                PROGRAM,
                                new NewSchedule(
                                        NAME,
                                        "@daily",
                                        ZoneOffset.UTC,
                                        NewJob.of("x").payload("{"))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("payload must be JSON");
    }

    @Test
    void onlyWhoMayManageSchedulesDoesSo() {
        user("audit@example.com", "auditor");

        assertThat(panel.schedules().list(actor("audit@example.com"))).hasSize(3);
        assertThatThrownBy(() -> panel.schedules().remove(actor("audit@example.com"), new ScheduleName("jobs.prune")))
                .isInstanceOf(PermissionDenied.class);
    }

    private Schedule put(String cron, ZoneId zone) {
        return panel.schedules().put(PROGRAM, new NewSchedule(NAME, cron, zone, NewJob.of("report.make")));
    }

    /** The clock of this test stands still for the thread that waits; a change of a schedule has it look again. */
    private static void touchASchedule(Panel panel) {
        panel.schedules()
                .put(
                        PROGRAM,
                        new NewSchedule(new ScheduleName("other"), "0 0 1 1 *", ZoneOffset.UTC, NewJob.of("other")));
    }

    private List<Job> runs() {
        return panel.jobs()
                .list(PROGRAM, JobFilter.ALL.type(new JobType("report.make")), PageRequest.first(10))
                .items();
    }
}
