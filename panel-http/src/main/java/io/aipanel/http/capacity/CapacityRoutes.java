package io.aipanel.http.capacity;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.capacity.CapacityReport;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** How near the panel is to the limits of its storage, and how that came. */
public final class CapacityRoutes {

    private static final Rule READ = Rule.anyOf(Permission.STORAGE_READ);

    private final Panel panel;

    /** @param panel what is served */
    public CapacityRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.api(Method.GET, "/capacity", "capacity.show", READ)
                        .summary(
                                "How near the panel is to each limit of SQLite, since when, and for how long that will do;"
                                        + " on another engine what it says of itself instead")
                        .answers(200, ViewSchemas.of(CapacityView.class))
                        .handledBy(this::show),
                Route.api(Method.GET, "/capacity/history", "capacity.history", READ)
                        .summary("What was measured, the oldest first. A step in which nobody has measured has nulls")
                        .query(
                                "metric",
                                Schema.oneOfTexts(
                                        Metric.all().stream().map(Metric::name).toList()),
                                "Of what; must be given")
                        .query("from", Schema.time(), "The earliest time: a day before to, unless given")
                        .query("to", Schema.time(), "The first time that is too late: now, unless given")
                        .query(
                                "step",
                                Schema.oneOfTexts(Stream.of(Step.values())
                                        .map(Step::wireName)
                                        .toList()),
                                "How much time each point stands for: an hour, unless given. Minutes are kept for 48 hours,"
                                        + " hours for 90 days, days for 5 years")
                        .answers(200, ViewSchemas.of(CapacityHistoryView.class))
                        .handledBy(this::history));
    }

    private Reply show(Call call) {
        CapacityReport report = panel.capacity().report(call.actor());
        return Reply.ok(CapacityView.of(report, panel.capacity().forecasts(call.actor())));
    }

    private Reply history(Call call) {
        Metric metric = call.query("metric", Metric::ofName)
                .orElseThrow(() -> new InvalidValueException(
                        "metric",
                        "must be given: one of "
                                + String.join(
                                        ", ",
                                        Metric.all().stream().map(Metric::name).toList())));
        Step step = call.query("step", Step::ofWireName).orElse(Step.HOUR);
        Instant to = call.query("to", Fields::time).orElseGet(panel.capacity()::now);
        Instant from = call.query("from", Fields::time).orElseGet(() -> to.minus(Step.DAY.length()));
        return Reply.ok(
                CapacityHistoryView.of(metric, step, panel.capacity().history(call.actor(), metric, from, to, step)));
    }
}
