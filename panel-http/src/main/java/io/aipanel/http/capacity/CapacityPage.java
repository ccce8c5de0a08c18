package io.aipanel.http.capacity;

import io.aipanel.domain.capacity.Amounts;
import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Outlook;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.service.capacity.Advice;
import io.aipanel.service.capacity.CapacityReport;
import io.aipanel.service.capacity.ThresholdReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page about capacity shows.
 *
 * @param state the worst state of all
 * @param limitsApply whether the limits mean anything on this engine
 * @param warningPercent from how many hundredths of a limit on there is a warning
 * @param figures what the engine says about itself, where the limits do not apply
 */
record CapacityPage(String state, boolean limitsApply, long warningPercent, List<Gauge> gauges, List<Figure> figures) {

    /**
     * How near one limit is.
     *
     * @param name which one
     * @param value what is measured, in words; empty if nobody has
     * @param percent how many hundredths of the limit that is; empty if nobody has measured
     * @param forecast for how long that will do; empty where the limits do not apply
     */
    record Gauge(
            Threshold threshold,
            String name,
            String state,
            Optional<String> value,
            String limit,
            Optional<Long> percent,
            Optional<Instant> since,
            Optional<String> forecast,
            String advice,
            String rationale,
            Chart chart) {

        /** How far the bar goes, of 100: something small shows. */
        long bar() {
            return percent.map(share -> Math.max(1, Math.min(100, share))).orElse(0L);
        }

        /** An amount in words. */
        String text(double amount) {
            return Amounts.text(threshold, amount);
        }
    }

    /** A number by which one sees how the engine bears its load. */
    record Figure(String name, String description, String value, String limit, Optional<Long> percent) {}

    static CapacityPage of(CapacityReport report, Map<Threshold, Forecast> forecasts, Map<Threshold, Chart> charts) {
        CapacityRules rules = report.rules();
        return new CapacityPage(
                report.state().wireName(),
                report.limitsApply(),
                percent(rules.warningShare()),
                report.thresholds().stream()
                        .map(threshold -> gauge(
                                threshold,
                                Optional.ofNullable(forecasts.get(threshold.threshold())),
                                rules,
                                charts.get(threshold.threshold())))
                        .toList(),
                report.engineFigures().stream().map(CapacityPage::figure).toList());
    }

    private static Gauge gauge(ThresholdReport report, Optional<Forecast> forecast, CapacityRules rules, Chart chart) {
        Threshold threshold = report.threshold();
        return new Gauge(
                threshold,
                threshold.wireName(),
                report.state().wireName(),
                report.value().map(value -> Amounts.text(threshold, value)),
                Amounts.text(threshold, report.limit()),
                report.share().map(CapacityPage::percent),
                report.since(),
                forecast.map(known -> Outlook.of(known, rules.warningShare())),
                forecast.map(known -> Advice.on(threshold, report.state(), known))
                        .orElseGet(() -> Advice.on(threshold, report.state())),
                threshold.rationale() + ".",
                chart);
    }

    private static Figure figure(EngineFigure figure) {
        return new Figure(
                figure.name(),
                figure.description() + ".",
                figure.value()
                        .map(value -> Amounts.plain(value) + " " + figure.unit())
                        .orElse("–"),
                figure.limit().map(Amounts::plain).orElse("–"),
                figure.value().flatMap(value -> figure.limit().map(limit -> percent(value / limit))));
    }

    private static long percent(double share) {
        return Math.round(share * 100);
    }
}
