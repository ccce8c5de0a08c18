package io.aipanel.http.capacity;

import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Step;
import io.aipanel.service.capacity.HistoryPoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured, as the outside sees it. */
record CapacityHistoryView(String metric, String unit, String step, List<CapacityPointView> points) {

    static CapacityHistoryView of(Metric metric, Step step, List<HistoryPoint> points) {
        return new CapacityHistoryView(
                metric.name(),
                metric.unit(),
                step.wireName(),
                points.stream().map(CapacityPointView::of).toList());
    }

    /**
     * One step.
     *
     * @param count how many values there are; 0, and all others null, where nobody has measured
     */
    record CapacityPointView(
            Instant at,
            long count,
            @Nullable Double min,
            @Nullable Double mean,
            @Nullable Double max,
            @Nullable Double p95) {

        static CapacityPointView of(HistoryPoint point) {
            return point.values()
                    .map(values -> new CapacityPointView(
                            point.at(), values.count(), values.min(), values.mean(), values.max(), values.p95()))
                    .orElseGet(() -> new CapacityPointView(point.at(), 0, null, null, null, null));
        }
    }
}
