package io.aipanel.domain.capacity;

import io.aipanel.domain.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What somebody may want to see the history of: a threshold, or the writes of a single store. Of several series the values
 * are those of the series with the highest 95th percentile.
 *
 * @param name its name for the outside: that of the threshold or of the series
 * @param series what is looked at
 */
public record Metric(String name, Set<Series> series) {

    /** Keeps its own copy of the set. */
    public Metric {
        series = Set.copyOf(series);
    }

    /** What its values count, for example {@code ms}. */
    public String unit() {
        return series.iterator().next().threshold().unit();
    }

    /** What a threshold limits. */
    public static Metric of(Threshold threshold) {
        return new Metric(threshold.wireName(), Set.copyOf(Series.of(threshold)));
    }

    /** Every metric: those of the thresholds, then those of single stores. */
    public static List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        Arrays.stream(Threshold.values()).map(Metric::of).forEach(all::add);
        Stream.of(Series.values())
                .filter(Series::isLatency)
                .map(series -> new Metric(series.wireName(), Set.of(series)))
                .forEach(all::add);
        return List.copyOf(all);
    }

    /**
     * The metric with a name.
     *
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static Metric ofName(String name) {
        return all().stream()
                .filter(metric -> metric.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "metric",
                        "must be among "
                                + String.join(
                                        ", ", all().stream().map(Metric::name).toList())));
    }
}
