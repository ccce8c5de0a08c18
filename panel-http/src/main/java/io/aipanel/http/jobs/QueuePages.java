package io.aipanel.http.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Link;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.QueueStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages that show queues, pause them and limit them. */
public final class QueuePages {

    private static final Rule SEE = Rule.anyOf(Permission.JOBS_READ);
    private static final Rule MANAGE = Rule.anyOf(Permission.JOBS_MANAGE);
    private static final String PATH = "/queues";

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public QueuePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, PATH, "page.queues", SEE)
                        .summary("The page of queues")
                        .answers(200)
                        .handledBy(this::list),
                Route.at(Method.GET, PATH + "/{name}", "page.queue", MANAGE)
                        .summary("The form for the limits of a queue")
                        .answers(200)
                        .handledBy(call -> limitsPage(call, 200, filled(limitsForm(call), present(call)))),
                Route.at(Method.POST, PATH + "/{name}", "page.queue.limit", MANAGE)
                        .summary("Limit a queue with the form")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::limit),
                Route.at(Method.POST, PATH + "/{name}/pause", "page.queue.pause", MANAGE)
                        .summary("Pause a queue from the page")
                        .answers(303)
                        .handledBy(call -> {
                            panel.queues().pause(call.actor(), name(call));
                            return Shell.done(PATH, "notice.queue-paused", name(call));
                        }),
                Route.at(Method.POST, PATH + "/{name}/resume", "page.queue.resume", MANAGE)
                        .summary("End the pause of a queue from the page")
                        .answers(303)
                        .handledBy(call -> {
                            panel.queues().resume(call.actor(), name(call));
                            return Shell.done(PATH, "notice.queue-resumed", name(call));
                        }));
    }

    private Reply list(Call call) {
        return shell.page(
                call,
                "jobs/queues",
                Map.of(
                        "queues",
                        panel.queues().list(call.actor()),
                        "mayManage",
                        call.actor().may(Permission.JOBS_MANAGE)));
    }

    private Reply limit(Call call) {
        return Shell.attempt(call.body(), limitsForm(call), (status, form) -> limitsPage(call, status, form), () -> {
            panel.queues().limit(call.actor(), name(call), limits(call.body()));
            return Shell.done(PATH, "notice.queue-limited", name(call));
        });
    }

    private Reply limitsPage(Call call, int status, Form form) {
        return shell.page(
                call,
                status,
                "jobs/queue",
                Map.of(
                        "name",
                        name(call).value(),
                        "jobs",
                        new Link(JobPages.PATH)
                                .with("queue", name(call).value())
                                .toString(),
                        "form",
                        form));
    }

    private Form limitsForm(Call call) {
        Words words = shell.words(call);
        return Form.of(
                PATH + "/" + name(call),
                words.of("queue.limit"),
                Field.text("maxRunning", words.of("queue.max-running"), words.of("queue.no-limit")),
                Field.text("maxRunningPerKey", words.of("queue.max-per-key"), ""),
                Field.text("starts", words.of("queue.rate-starts"), words.of("queue.no-limit")),
                Field.text("period", words.of("queue.rate-period"), words.of("queue.rate-hint")));
    }

    private QueueLimits present(Call call) {
        return panel.queues().list(call.actor()).stream()
                .filter(status -> status.queue().name().equals(name(call)))
                .findFirst()
                .map(QueueStatus::queue)
                .map(queue -> queue.limits())
                .orElse(QueueLimits.DEFAULT);
    }

    private static Form filled(Form form, QueueLimits limits) {
        return form.with("maxRunning", texts(limits.maxRunning()))
                .with("maxRunningPerKey", List.of(Integer.toString(limits.maxRunningPerKey())))
                .with("starts", texts(limits.rate().map(RateLimit::starts)))
                .with("period", texts(limits.rate().map(RateLimit::period)));
    }

    private static QueueLimits limits(Body body) {
        Optional<Integer> starts = number(body, "starts");
        if (starts.isEmpty() && given(body, "period").isPresent()) {
            throw new InvalidValueException("starts", "must be given with the time");
        }
        return new QueueLimits(
                number(body, "maxRunning"),
                number(body, "maxRunningPerKey").orElse(QueueLimits.DEFAULT.maxRunningPerKey()),
                starts.map(number -> new RateLimit(number, body.value("period", Fields::duration))));
    }

    private static Optional<Integer> number(Body body, String field) {
        return given(body, field).map(text -> Fields.parse(field, text, Fields::number));
    }

    private static Optional<String> given(Body body, String field) {
        return body.optionalText(field).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static List<String> texts(Optional<?> value) {
        return value.stream().map(Object::toString).toList();
    }

    private static QueueName name(Call call) {
        return call.id("name", "queue", QueueName::new);
    }
}
