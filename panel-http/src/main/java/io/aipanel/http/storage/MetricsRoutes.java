package io.aipanel.http.storage;

import io.aipanel.domain.iam.Permission;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.Panel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the panel measures of itself, for Prometheus: without a login for a monitor on the same machine, with an API token
 * for one elsewhere.
 */
public final class MetricsRoutes {

    /** The text format; its version is part of what a monitor looks at. */
    private static final String TEXT_0_0_4 = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(MetricsRoutes.class);

    private final Panel panel;

    /** @param panel what is served */
    public MetricsRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.at(
                        Method.GET, "/metrics", "metrics.show", Rule.localOr(Rule.anyOf(Permission.STORAGE_READ)))
                .summary("What the panel measures of itself, in the text format of Prometheus; 404 if the program"
                        + " that embeds the panel measures in another way")
                .answersText(200, "text/plain")
                .handledBy(this::show));
    }

    private Reply show(Call call) {
        if (panel.meters() instanceof PrometheusMeterRegistry registry) {
            count(call);
            byte[] text = registry.scrape(TEXT_0_0_4).getBytes(StandardCharsets.UTF_8);
            return new Reply(200, Map.of(), Optional.of(new Reply.Content.Bytes(TEXT_0_0_4, text)));
        }
        throw new Refusal(404, "no-metrics", "This panel does not measure itself for Prometheus.");
    }

    /** What else is measured says the more about a panel whose store does not answer. */
    private void count(Call call) {
        try {
            panel.measure();
        } catch (StoreException e) {
            LOG.warn(
                    "Metrics {}: the jobs cannot be counted: {}",
                    call.actor().requestId().orElse(""),
                    e.getMessage());
        }
    }
}
