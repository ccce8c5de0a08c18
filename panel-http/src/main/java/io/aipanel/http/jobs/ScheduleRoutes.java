package io.aipanel.http.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.NewSchedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** Schedules: jobs that are enqueued again and again. */
public final class ScheduleRoutes {

    private static final Rule SEE = Rule.anyOf(Permission.JOBS_READ);
    private static final Rule MANAGE = Rule.anyOf(Permission.JOBS_MANAGE);

    private static final ZoneId UTC = ZoneId.of("UTC");

    private static final Schema.ObjectOf SCHEDULE =
            timetable(Schema.object("ScheduleChange")).build();

    private static final Schema.ObjectOf NEW_SCHEDULE = timetable(
                    Schema.object("NewSchedule").required("name", Schema.text(), "Unique over all schedules"))
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public ScheduleRoutes(Panel panel) {
        this.panel = panel;
    }

    private static Schema.ObjectBuilder timetable(Schema.ObjectBuilder object) {
        return object.required(
                        "cron",
                        Schema.text(),
                        "When: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly,"
                                + " @monthly, @yearly")
                .optional(
                        "zone",
                        Schema.text(),
                        "Whose clock that is about, such as Europe/Berlin; UTC if it is not given")
                .required("job", NewJobs.SCHEDULED, "What is enqueued");
    }

    /** The routes. */
    public List<Route> routes() {
        Schema schedule = ViewSchemas.of(ScheduleView.class);
        return List.of(
                Route.api(Method.GET, "/schedules", "schedule.list", SEE)
                        .summary("Schedules by name")
                        .paged()
                        .answers(200, ViewSchemas.listing(ScheduleView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/schedules", "schedule.add", MANAGE)
                        .summary("Add a schedule; 409 if there is one of that name")
                        .takes(NEW_SCHEDULE)
                        .answers(201, schedule)
                        .handledBy(this::add),
                Route.api(Method.GET, "/schedules/{name}", "schedule.show", SEE)
                        .summary("A schedule")
                        .answers(200, schedule)
                        .handledBy(this::show),
                Route.api(Method.PUT, "/schedules/{name}", "schedule.put", MANAGE)
                        .summary("Replace a schedule, or add it")
                        .takes(SCHEDULE)
                        .answers(200, schedule)
                        .handledBy(this::put),
                Route.api(Method.DELETE, "/schedules/{name}", "schedule.remove", MANAGE)
                        .summary("Remove a schedule; what it has enqueued stays")
                        .answers(204)
                        .handledBy(this::remove));
    }

    private Reply list(Call call) {
        List<Schedule> all = panel.schedules().list(call.actor());
        return Reply.ok(Listing.of(
                Listing.part(all, call.page(), schedule -> schedule.name().value()), ScheduleView::of));
    }

    private Reply add(Call call) {
        ScheduleName name = call.body().value("name", ScheduleName::new);
        Schedule added = panel.schedules().add(call.actor(), wanted(name, call.body()));
        return Reply.created("/api/v1/schedules/" + name, ScheduleView.of(added));
    }

    private Reply show(Call call) {
        ScheduleName name = name(call);
        return Reply.ok(ScheduleView.of(
                panel.schedules().find(call.actor(), name).orElseThrow(() -> new NotFound("schedule " + name))));
    }

    private Reply put(Call call) {
        return Reply.ok(ScheduleView.of(panel.schedules().put(call.actor(), wanted(name(call), call.body()))));
    }

    private Reply remove(Call call) {
        panel.schedules().remove(call.actor(), name(call));
        return Reply.done();
    }

    private static NewSchedule wanted(ScheduleName name, Body body) {
        return new NewSchedule(
                name,
                body.text("cron"),
                body.optional("zone", ScheduleRoutes::zone).orElse(UTC),
                body.object("job").map(job -> job.within(NewJobs::scheduled)).orElseThrow());
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new InvalidValueException("zone", "must be a time zone such as Europe/Berlin or UTC");
        }
    }

    private static ScheduleName name(Call call) {
        return call.id("name", "schedule", ScheduleName::new);
    }
}
