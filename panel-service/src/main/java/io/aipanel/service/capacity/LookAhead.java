package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Forecasts;
import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Point;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.ports.capacity.CapacityRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks ahead from the samples: the log and the sessions have days until their limits, jobs and writes the busiest window of
 * the last {@link Step#MINUTE} samples. As there is nothing new within a minute, one look is good for so long. Safe for use by
 * many threads.
 */
final class LookAhead {

    private final CapacityRepository samples;
    private final AtomicReference<Optional<Look>> last = new AtomicReference<>(Optional.empty());

    LookAhead(CapacityRepository samples) {
        this.samples = samples;
    }

    /** The forecast of every threshold. */
    Map<Threshold, Forecast> forecasts(CapacityRules rules, Instant now) {
        Instant minute = Step.MINUTE.floor(now);
        Optional<Look> known = last.get()
                .filter(look -> look.minute().equals(minute) && look.rules().equals(rules));
        return known.map(Look::forecasts).orElseGet(() -> {
            Map<Threshold, Forecast> forecasts = look(rules, minute);
            last.set(Optional.of(new Look(minute, rules, forecasts)));
            return forecasts;
        });
    }

    private Map<Threshold, Forecast> look(CapacityRules rules, Instant now) {
        Map<Threshold, Forecast> forecasts = new EnumMap<>(Threshold.class);
        Duration kept = Step.MINUTE.kept();
        Minutes minutes = Minutes.before(now, (int) kept.toMinutes(), samples);
        for (Threshold threshold : Threshold.values()) {
            forecasts.put(
                    threshold,
                    switch (threshold) {
                        case AUDIT_BYTES -> trend(threshold, hours(threshold, now), rules);
                        case SESSIONS -> trend(threshold, Forecasts.dailyPeaks(hours(threshold, now)), rules);
                        case JOBS_PER_MINUTE, WRITE_P95 ->
                            Forecasts.headroom(
                                    points(minutes.of(threshold), now.minus(kept)),
                                    rules.window(),
                                    rules.limit(threshold));
                    });
        }
        return Collections.unmodifiableMap(forecasts);
    }

    private static Forecast trend(Threshold threshold, List<Point> points, CapacityRules rules) {
        return Forecasts.trend(points, rules.warningAt(threshold), rules.limit(threshold));
    }

    /** The mean of each hour that was measured, in its middle. */
    private List<Point> hours(Threshold threshold, Instant now) {
        Duration half = Step.HOUR.length().dividedBy(2);
        Instant from = now.minus(Forecasts.HISTORY);
        return History.of(Metric.of(threshold), Step.HOUR, from, now, now, samples).stream()
                .flatMap(point ->
                        point.values().map(values -> new Point(point.at().plus(half), values.mean())).stream())
                .toList();
    }

    private static List<Point> points(List<Optional<Double>> values, Instant from) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Instant at = from.plus(Step.MINUTE.length().multipliedBy(i));
            values.get(i).ifPresent(value -> points.add(new Point(at, value)));
        }
        return points;
    }

    private record Look(Instant minute, CapacityRules rules, Map<Threshold, Forecast> forecasts) {}
}
