package io.aipanel.bench.capacity;

import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What can be drawn of the figures.
 *
 * @param engine of which engine
 * @param steps what the loads have shown
 * @param rates what rising rates have shown
 */
record CapacityCharts(EngineName engine, Map<Step, LoadedPanel.Found> steps, List<RisingRate.Seen> rates) {

    private static final String UP = "P95 of a durable write, ms";
    private static final Chart.Level LIMIT = new Chart.Level("ADR-002: 200 ms", RisingRate.LIMIT_MILLIS);
    private static final double LIMIT_GIGABYTES = 10;

    /** The names of the charts of an engine. */
    static List<String> names(EngineName engine) {
        String prefix = "capacity-" + engine.wireName() + "-";
        return List.of(prefix + "load", prefix + "log", prefix + "rate");
    }

    /** The charts; they may be empty. */
    List<Chart> all() {
        List<String> names = names(engine);
        return List.of(load(names.get(0)), log(names.get(1)), rate(names.get(2)));
    }

    private Chart load(String name) {
        List<Chart.Line> lines = new ArrayList<>();
        Predicate<Step> together = step -> !step.alone() && step.log() == LogSize.WHOLE;
        lines.add(new Chart.Line("all together", across(together, Step::factor)));
        for (LoadKind alone : LoadKind.values()) {
            lines.add(new Chart.Line(
                    alone.wireName() + " alone",
                    across(step -> step.alone() && step.loads().contains(alone), Step::factor)));
        }
        return chart(
                name,
                "Writes under load, on a log of 10 GB",
                "times ADR-002's limits",
                lines,
                List.of(LIMIT, new Chart.Level("target at 10 times", CapacityBench.TARGET_MILLIS)));
    }

    private Chart log(String name) {
        SortedMap<Double, Double> points = across(
                step -> !step.alone() && step.factor() == Step.TARGET_FACTOR,
                step -> step.log().share() * LIMIT_GIGABYTES);
        return chart(
                name,
                "Writes under 10 times the limits, by the size of the log",
                "audit log, GB",
                List.of(new Chart.Line("all together", points)),
                List.of(LIMIT));
    }

    private Chart rate(String name) {
        SortedMap<Double, Double> fromDue = new TreeMap<>();
        SortedMap<Double, Double> fromHandOver = new TreeMap<>();
        rates.stream().filter(RisingRate.Seen::isSomething).forEach(seen -> {
            fromDue.put((double) seen.rate(), seen.fromDueMillis());
            fromHandOver.put((double) seen.rate(), seen.fromHandOverMillis());
        });
        return chart(
                name,
                "Writes to three stores in turn, at a rising rate",
                "writes a second",
                List.of(new Chart.Line("from when due", fromDue), new Chart.Line("from hand-over", fromHandOver)),
                List.of(LIMIT));
    }

    private Chart chart(String name, String title, String across, List<Chart.Line> lines, List<Chart.Level> levels) {
        return new Chart(name, title + ": " + engine.title(), across, UP, lines, levels);
    }

    private SortedMap<Double, Double> across(Predicate<Step> which, ToDoubleFunction<Step> across) {
        SortedMap<Double, Double> points = new TreeMap<>();
        steps.forEach((step, found) -> {
            if (which.test(step) && found.latencies().count() > 0) {
                points.put(across.applyAsDouble(step), found.latencies().millis(95));
            }
        });
        return points;
    }
}
