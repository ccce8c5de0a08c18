package io.aipanel.http.capacity;

import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.iam.Permission;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.Panel;
import io.aipanel.service.capacity.Capacity;
import io.aipanel.service.capacity.CapacityReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The page about how near the panel is to its limits. */
public final class CapacityPages {

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public CapacityPages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.at(Method.GET, "/capacity", "page.capacity", Rule.anyOf(Permission.STORAGE_READ))
                .summary("How near the panel is to each limit, and for how long that will do")
                .answers(200)
                .handledBy(this::show));
    }

    private Reply show(Call call) {
        Capacity capacity = panel.capacity();
        Period period = Period.of(call.query("period"));
        CapacityReport report = capacity.report(call.actor());
        Map<Threshold, Chart> charts = new EnumMap<>(Threshold.class);
        for (Threshold threshold : Threshold.values()) {
            charts.put(
                    threshold,
                    Chart.of(
                            period.points(capacity, call.actor(), Metric.of(threshold)),
                            report.limitsApply() ? report.rules().limit(threshold) : Double.POSITIVE_INFINITY,
                            report.rules().warningShare()));
        }
        return shell.page(
                call,
                "capacity/show",
                Map.of(
                        "page", CapacityPage.of(report, capacity.forecasts(call.actor()), charts),
                        "period", WireNames.of(period),
                        "periods", WireNames.all(Period.class)));
    }
}
