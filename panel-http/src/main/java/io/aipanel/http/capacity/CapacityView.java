package io.aipanel.http.capacity;

import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.service.capacity.Advice;
import io.aipanel.service.capacity.CapacityReport;
import io.aipanel.service.capacity.ThresholdReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How near the panel is to its limits, as the outside sees it.
 *
 * @param limitsApply whether these are limits at all; if not, engineFigures have what counts instead
 * @param window for how long a limit must be passed before that counts
 * @param warningShare from which share of a limit on there is a warning
 */
record CapacityView(
        ThresholdState state,
        Instant at,
        boolean limitsApply,
        Duration window,
        double warningShare,
        List<ThresholdView> thresholds,
        List<EngineFigureView> engineFigures) {

    static CapacityView of(CapacityReport report, Map<Threshold, Forecast> forecasts) {
        CapacityRules rules = report.rules();
        return new CapacityView(
                report.state(),
                report.at(),
                report.limitsApply(),
                rules.window(),
                rules.warningShare(),
                report.thresholds().stream()
                        .map(threshold -> ThresholdView.of(threshold, report, forecasts))
                        .toList(),
                report.engineFigures().stream().map(EngineFigureView::of).toList());
    }

    /**
     * How near one limit is.
     *
     * @param value what is measured now; null if nobody has measured
     * @param share the value as a share of the limit
     * @param since since when it is in this state; null if nobody has noted that
     * @param forecast for how long that will do; null where the limits do not apply
     * @param advice what to do next
     * @param rationale why there is a limit
     */
    record ThresholdView(
            String name,
            String unit,
            @Nullable Double value,
            double limit,
            @Nullable Double share,
            ThresholdState state,
            @Nullable Instant since,
            @Nullable ForecastView forecast,
            String advice,
            String rationale) {

        static ThresholdView of(ThresholdReport report, CapacityReport whole, Map<Threshold, Forecast> forecasts) {
            Threshold threshold = report.threshold();
            Forecast forecast = forecasts.get(threshold);
            return new ThresholdView(
                    threshold.wireName(),
                    threshold.unit(),
                    report.value().orElse(null),
                    report.limit(),
                    report.share().orElse(null),
                    report.state(),
                    report.since().orElse(null),
                    forecast == null
                            ? null
                            : ForecastView.of(forecast, whole.rules().warningShare()),
                    forecast == null
                            ? Advice.on(threshold, report.state())
                            : Advice.on(threshold, report.state(), forecast),
                    threshold.rationale());
        }
    }

    /** A number by which one sees how the engine bears its load. */
    record EngineFigureView(
            String name,
            String description,
            @Nullable Double value,
            String unit,
            @Nullable Double limit) {

        static EngineFigureView of(EngineFigure figure) {
            return new EngineFigureView(
                    figure.name(),
                    figure.description(),
                    figure.value().orElse(null),
                    figure.unit(),
                    figure.limit().orElse(null));
        }
    }
}
