package io.aipanel.http.capacity;

import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Step;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.capacity.Capacity;
import io.aipanel.service.capacity.HistoryPoint;
import io.aipanel.service.iam.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** For how long back a chart shows what was measured. */
enum Period {
    /** A point for each hour. */
    DAY(Duration.ofDays(1), Step.HOUR, 1),
    /** A point for each day. */
    MONTH(Duration.ofDays(30), Step.HOUR, 24),
    /** A point for each week. */
    YEAR(Duration.ofDays(364), Step.DAY, 7);

    private final Duration length;
    private final Step step;
    private final int together;

    Period(Duration length, Step step, int together) {
        this.length = length;
        this.step = step;
        this.together = together;
    }

    /** The one of a name; a day if there is none. */
    static Period of(Optional<String> name) {
        return Stream.of(values())
                .filter(period -> name.filter(WireNames.of(period)::equals).isPresent())
                .findFirst()
                .orElse(DAY);
    }

    /** What was measured, the oldest first; of values that become one point the highest counts. */
    List<Chart.Point> points(Capacity capacity, Actor actor, Metric metric) {
        Instant now = capacity.now();
        List<HistoryPoint> history = capacity.history(actor, metric, now.minus(length), now, step);
        List<Chart.Point> points = new ArrayList<>();
        // From the end, so that the last point is a whole one.
        for (int end = history.size(); end > 0; end -= together) {
            List<HistoryPoint> part = history.subList(Math.max(0, end - together), end);
            Optional<Double> value = part.stream()
                    .flatMap(point -> point.values().stream())
                    .map(HistoryPoint.Values::p95)
                    .max(Double::compare);
            points.add(0, new Chart.Point(part.get(0).at(), value));
        }
        return points;
    }
}
