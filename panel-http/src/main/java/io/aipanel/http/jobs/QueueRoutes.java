package io.aipanel.http.jobs;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.QueueStatus;
import java.util.List;

/** Queues. One needs no setting up: whatever name is given, there is a queue of that name. */
public final class QueueRoutes {

    private static final Rule MANAGE = Rule.anyOf(Permission.JOBS_MANAGE);

    private static final Schema RATE = Schema.object("NewRateLimit")
            .required("starts", Schema.wholeNumber(), "How many, 1 to 1000000")
            .required("period", Schema.duration(), "In which time, 1 second to 1 day")
            .build();

    private static final Schema LIMITS = Schema.object("NewQueueLimits")
            .nullable(
                    "maxRunning", Schema.wholeNumber(), "How many jobs may run at once, 1 to 100000; null for no limit")
            .optional(
                    "maxRunningPerKey",
                    Schema.wholeNumber(),
                    "How many jobs with the same concurrency key may run at once, 1 to 100000; 1 if it is not given")
            .nullable("rate", RATE, "How many jobs may be started in a time; null for no limit")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public QueueRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema pause = ViewSchemas.of(QueuePauseView.class);
        return List.of(
                Route.api(Method.GET, "/queues", "queue.list", Rule.anyOf(Permission.JOBS_READ))
                        .summary("Queues by name: those that hold jobs, are paused or limited, or are worked off")
                        .paged()
                        .answers(200, ViewSchemas.listing(QueueView.class))
                        .handledBy(this::list),
                Route.api(Method.PUT, "/queues/{name}", "queue.limit", MANAGE)
                        .summary("Set how much of a queue may run; what is not given is not limited")
                        .takes(LIMITS)
                        .answers(200, ViewSchemas.of(QueueLimitsView.class))
                        .handledBy(this::limit),
                Route.api(Method.POST, "/queues/{name}/pause", "queue.pause", MANAGE)
                        .summary("Pause a queue: nothing of it is started until it is resumed; what runs goes on")
                        .answers(200, pause)
                        .handledBy(this::pause),
                Route.api(Method.POST, "/queues/{name}/resume", "queue.resume", MANAGE)
                        .summary("End the pause of a queue")
                        .answers(200, pause)
                        .handledBy(this::resume));
    }

    private Reply list(Call call) {
        List<QueueStatus> all = panel.queues().list(call.actor());
        return Reply.ok(Listing.of(
                Listing.part(all, call.page(), status -> status.queue().name().value()), QueueView::of));
    }

    private Reply limit(Call call) {
        QueueName name = name(call);
        QueueLimits limits = limits(call.body());
        boolean changed = panel.queues().limit(call.actor(), name, limits);
        return Reply.ok(new QueueLimitsView(name.value(), LimitsView.of(limits), changed));
    }

    private Reply pause(Call call) {
        QueueName name = name(call);
        return Reply.ok(new QueuePauseView(name.value(), true, panel.queues().pause(call.actor(), name)));
    }

    private Reply resume(Call call) {
        QueueName name = name(call);
        return Reply.ok(new QueuePauseView(name.value(), false, panel.queues().resume(call.actor(), name)));
    }

    private static QueueLimits limits(Body body) {
        return new QueueLimits(
                body.number("maxRunning"),
                body.number("maxRunningPerKey").orElse(QueueLimits.DEFAULT.maxRunningPerKey()),
                body.object("rate").map(rate -> rate.within(QueueRoutes::rate)));
    }

    private static RateLimit rate(Body body) {
        return new RateLimit(body.number("starts").orElseThrow(), body.value("period", Fields::duration));
    }

    private static QueueName name(Call call) {
        return call.id("name", "queue", QueueName::new);
    }

    /**
     * Whether a queue is paused now.
     *
     * @param changed whether it was not before
     */
    record QueuePauseView(String name, boolean paused, boolean changed) {}

    /**
     * The limits of a queue now.
     *
     * @param changed whether they were others before
     */
    record QueueLimitsView(String name, LimitsView limits, boolean changed) {}
}
