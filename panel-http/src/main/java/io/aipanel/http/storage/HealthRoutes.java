package io.aipanel.http.storage;

import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Restoring;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.storage.HealthReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For whoever watches over the panel. Everybody may ask, so the answers say what is unwell and of what kind that is, but
 * no names of files and hosts: those are in the log.
 */
public final class HealthRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

    private final Panel panel;

    /** @param panel what is served */
    public HealthRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema ready = ViewSchemas.of(ReadyView.class);
        return List.of(
                Route.at(Method.GET, "/health/live", "health.live", Rule.PUBLIC)
                        .summary("Whether the process answers")
                        .answers(200, ViewSchemas.of(LiveView.class))
                        .alwaysHandledBy(call -> Reply.ok(new LiveView("up"))),
                Route.at(Method.GET, "/health/ready", "health.ready", Rule.PUBLIC)
                        .summary("Whether requests can be served; 503 if not")
                        .answers(200, ready)
                        .answers(503, ready)
                        .handledBy(this::ready, call -> restoring()));
    }

    private Reply ready(Call call) {
        HealthReport report = panel.health().check();
        report.checks()
                .forEach(check -> check.problem()
                        .ifPresent(problem -> LOG.warn(
                                "Health check {}: {} is not well: {}",
                                call.actor().requestId().orElse(""),
                                check.name(),
                                problem)));
        List<CheckView> checks = report.checks().stream()
                .map(check -> new CheckView(
                        check.name(),
                        check.required(),
                        check.problem().isEmpty() ? "ok" : "failing",
                        check.reason().orElse(null)))
                .toList();
        boolean isReady = report.isReady();
        return Reply.json(isReady ? 200 : 503, new ReadyView(isReady ? "ready" : "not-ready", checks));
    }

    private static Reply restoring() {
        CheckView check = new CheckView("restore", true, "failing", "a backup is being restored");
        return Reply.json(503, new ReadyView("not-ready", List.of(check)))
                .with("Retry-After", Integer.toString(Restoring.RETRY_AFTER_SECONDS));
    }

    record LiveView(String status) {}

    record ReadyView(String status, List<CheckView> checks) {}

    /**
     * How one thing is.
     *
     * @param reason what is wrong with it, in words; null if it is well
     */
    record CheckView(
            String name,
            boolean required,
            String status,
            @Nullable String reason) {}
}
