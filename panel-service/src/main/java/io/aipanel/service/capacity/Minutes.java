package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.ports.capacity.CapacityRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each minute of a window has measured for each threshold. */
final class Minutes {

    private final Map<Threshold, List<Optional<Double>>> values = new EnumMap<>(Threshold.class);

    private Minutes() {}

    /**
     * Reads them.
     *
     * @param end when the last minute is over, on the full minute
     * @param number how many minutes
     */
    static Minutes before(Instant end, int number, CapacityRepository samples) {
        Instant from = end.minus(Duration.ofMinutes(number));
        Map<Instant, Map<Series, Spread>> spreads = new HashMap<>();
        for (Sample sample : samples.samples(EnumSet.allOf(Series.class), Step.MINUTE, from, end)) {
            spreads.computeIfAbsent(sample.at(), at -> new EnumMap<>(Series.class))
                    .computeIfAbsent(sample.series(), Spread::new)
                    .add(sample);
        }
        Minutes minutes = new Minutes();
        for (Threshold threshold : Threshold.values()) {
            List<Optional<Double>> list = new ArrayList<>();
            for (Instant at = from; at.isBefore(end); at = at.plus(Step.MINUTE.length())) {
                list.add(value(threshold, spreads.getOrDefault(at, Map.of())));
            }
            minutes.values.put(threshold, list);
        }
        return minutes;
    }

    /** The value of each minute, oldest first; empty for one that nobody measured. */
    List<Optional<Double>> of(Threshold threshold) {
        return values.getOrDefault(threshold, List.of());
    }

    /** The value of the last minute that was measured. */
    Optional<Double> last(Threshold threshold) {
        return of(threshold).stream().flatMap(Optional::stream).reduce((earlier, later) -> later);
    }

    /** That of a single value is itself; of several stores the slowest counts, and one without writes is not slow. */
    private static Optional<Double> value(Threshold threshold, Map<Series, Spread> minute) {
        return Series.of(threshold).stream()
                .flatMap(series -> Optional.ofNullable(minute.get(series)).stream())
                .map(Spread::p95)
                .max(Double::compare);
    }
}
