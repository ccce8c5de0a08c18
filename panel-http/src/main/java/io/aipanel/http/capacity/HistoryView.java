package io.aipanel.http.capacity;

import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Step;
import io.aipanel.service.capacity.HistoryPoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured, as the outside sees it. */
record HistoryView(String metric, String unit, String step, List<HistoryPointView> points) {

    static HistoryView of(Metric metric, Step step, List<HistoryPoint> points) {
        return new HistoryView(
                metric.name(),
                metric.unit(),
                step.wireName(),
                points.stream().map(HistoryPointView::of).toList());
    }

    /**
     * One step.
     *
     * @param count how many values there are; 0, and all others null, where nobody has measured
     */
    record HistoryPointView(
            Instant at,
            long count,
            @Nullable Double min,
            @Nullable Double mean,
            @Nullable Double max,
            @Nullable Double p95) {

        static HistoryPointView of(HistoryPoint point) {
            return point.values()
                    .map(values -> new HistoryPointView(
                            point.at(), values.count(), values.min(), values.mean(), values.max(), values.p95()))
                    .orElseGet(() -> new HistoryPointView(point.at(), 0, null, null, null, null));
        }
    }
}
