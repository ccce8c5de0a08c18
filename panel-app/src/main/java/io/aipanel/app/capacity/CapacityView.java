package io.aipanel.app.capacity;

import io.aipanel.app.cli.JsonDocument;
import io.aipanel.domain.capacity.DaysUntil;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Forecast.Headroom;
import io.aipanel.domain.capacity.Forecast.Trend;
import io.aipanel.domain.capacity.Outlook;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.service.capacity.Advice;
import io.aipanel.service.capacity.CapacityReport;
import io.aipanel.service.capacity.ThresholdReport;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How capacity is shown to programs: as in the HTTP API. */
final class CapacityView {

    private CapacityView() {}

    static Map<String, @Nullable Object> json(CapacityReport report, Map<Threshold, Forecast> forecasts) {
        return JsonDocument.object(
                "state", report.state().wireName(),
                "at", report.at(),
                "limitsApply", report.limitsApply(),
                "window", report.rules().window(),
                "warningShare", report.rules().warningShare(),
                "thresholds",
                        report.thresholds().stream()
                                .map(threshold -> json(
                                        threshold,
                                        Optional.ofNullable(forecasts.get(threshold.threshold())),
                                        report.rules().warningShare()))
                                .toList(),
                "engineFigures",
                        report.engineFigures().stream().map(CapacityView::json).toList());
    }

    private static Map<String, @Nullable Object> json(
            ThresholdReport report, Optional<Forecast> forecast, double warningShare) {
        return JsonDocument.object(
                "name", report.threshold().wireName(),
                "unit", report.threshold().unit(),
                "value", report.value(),
                "limit", report.limit(),
                "share", report.share(),
                "state", report.state().wireName(),
                "since", report.since(),
                "forecast", forecast.map(known -> json(known, warningShare)),
                "advice", advice(report, forecast),
                "rationale", report.threshold().rationale());
    }

    static String advice(ThresholdReport report, Optional<Forecast> forecast) {
        return forecast.map(known -> Advice.on(report.threshold(), report.state(), known))
                .orElseGet(() -> Advice.on(report.threshold(), report.state()));
    }

    private static Map<String, @Nullable Object> json(Forecast forecast, double warningShare) {
        Optional<Trend> trend = as(Trend.class, forecast);
        return JsonDocument.object(
                "kind", forecast.kind(),
                "text", Outlook.of(forecast, warningShare),
                "perDay", trend.map(Trend::perDay),
                "perDayLow", trend.map(Trend::perDayLow),
                "perDayHigh", trend.map(Trend::perDayHigh),
                "warning", trend.flatMap(Trend::warning).map(CapacityView::json),
                "limit", trend.flatMap(Trend::limit).map(CapacityView::json),
                "busiest",
                        as(Headroom.class, forecast)
                                .map(busiest -> JsonDocument.object(
                                        "from", busiest.from(), "value", busiest.value(), "share", busiest.share())));
    }

    private static Map<String, @Nullable Object> json(DaysUntil until) {
        return JsonDocument.object(
                "days",
                until.days(),
                "low",
                until.low(),
                "high",
                until.high().isPresent() ? until.high().getAsDouble() : null);
    }

    private static Map<String, @Nullable Object> json(EngineFigure figure) {
        return JsonDocument.object(
                "name", figure.name(),
                "description", figure.description(),
                "value", figure.value(),
                "unit", figure.unit(),
                "limit", figure.limit());
    }

    private static <T extends Forecast> Optional<T> as(Class<T> kind, Forecast forecast) {
        return Optional.of(forecast).filter(kind::isInstance).map(kind::cast);
    }
}
