package io.aipanel.http.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.http.pages.Confirmation;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Link;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.NewSchedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The pages that show schedules, add them and remove them. */
public final class SchedulePages {

    private static final Rule SEE = Rule.anyOf(Permission.JOBS_READ);
    private static final Rule MANAGE = Rule.anyOf(Permission.JOBS_MANAGE);
    private static final String PATH = "/schedules";
    private static final String NEW = PATH + "/new";

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public SchedulePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, PATH, "page.schedules", SEE)
                        .summary("The page of schedules")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.GET, NEW, "page.schedule.new", MANAGE)
                        .summary("The form to add a schedule")
                        .answers(200)
                        .handledBy(call -> newPage(call, 200, form(call))),
                Route.at(Method.POST, NEW, "page.schedule.add", MANAGE)
                        .summary("Add a schedule with the form")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::add),
                Route.at(Method.POST, PATH + "/{name}/remove", "page.schedule.remove", MANAGE)
                        .summary("Remove a schedule from the page")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::remove));
    }

    private Reply list(Call call) {
        return shell.page(
                call,
                "jobs/schedules",
                Map.of(
                        "schedules",
                        panel.schedules().list(call.actor()),
                        "mayManage",
                        call.actor().may(Permission.JOBS_MANAGE)));
    }

    private Reply newPage(Call call, int status, Form form) {
        return shell.page(
                call,
                status,
                "pages/formPage",
                Map.of("title", shell.words(call).of("schedule.add"), "form", form));
    }

    private Reply add(Call call) {
        return Shell.attempt(call.body(), form(call), (status, form) -> newPage(call, status, form), () -> {
            NewSchedule wanted = wanted(call.body());
            panel.schedules().add(call.actor(), wanted);
            return Shell.done(PATH, "notice.schedule-added", wanted.name());
        });
    }

    private Reply remove(Call call) {
        ScheduleName name = call.id("name", "schedule", ScheduleName::new);
        if (!call.body().has(Confirmation.FIELD)) {
            Words words = shell.words(call);
            Form form = Form.of(PATH + "/" + Link.part(name.value()) + "/remove", words.of("schedule.remove"))
                    .with(Confirmation.FIELD, "true");
            return shell.page(
                    call,
                    "pages/confirm",
                    Map.of(
                            "question",
                            new Confirmation(
                                    words.of("schedule.remove-title", name),
                                    words.of("schedule.remove-text"),
                                    form,
                                    PATH)));
        }
        panel.schedules().remove(call.actor(), name);
        return Shell.done(PATH, "notice.schedule-removed", name);
    }

    private Form form(Call call) {
        Words words = shell.words(call);
        return Form.of(
                        NEW,
                        words.of("schedule.add"),
                        Field.text("name", words.of("schedule.name"), ""),
                        Field.text("cron", words.of("schedule.cron"), words.of("schedule.cron-hint")),
                        Field.text("zone", words.of("schedule.zone"), words.of("schedule.zone-hint")),
                        Field.text("type", words.of("job.type"), ""),
                        Field.text("queue", words.of("job.queue"), ""),
                        Field.textarea("payload", words.of("job.payload"), words.of("schedule.payload-hint")))
                .with("zone", List.of(shell.times(call).zone().getId().replace("Z", "UTC")))
                .with("queue", List.of("default"))
                .with("payload", List.of("{}"));
    }

    private static NewSchedule wanted(Body body) {
        return new NewSchedule(
                body.value("name", ScheduleName::new),
                body.text("cron").strip(),
                body.value("zone", SchedulePages::zone),
                NewJob.of(body.text("type").strip())
                        .queue(body.text("queue").strip())
                        .payload(body.text("payload")));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id.strip());
        } catch (DateTimeException e) {
            throw new InvalidValueException("zone", "must be a time zone such as Europe/Berlin or UTC");
        }
    }
}
