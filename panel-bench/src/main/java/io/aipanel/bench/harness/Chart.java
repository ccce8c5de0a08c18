package io.aipanel.bench.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures to be drawn: lines over two axes, both with a logarithmic scale.
 *
 * @param name what its files are called
 * @param title what it shows
 * @param across what the horizontal axis is about, with its unit
 * @param up what the vertical axis is about, with its unit
 * @param lines the figures, in the order of the legend
 * @param levels what they are held to
 */
public record Chart(String name, String title, String across, String up, List<Line> lines, List<Level> levels) {

    /** Keeps its own copies of the lists. */
    public Chart {
        lines = List.copyOf(lines);
        levels = List.copyOf(levels);
    }

    /**
     * Figures that belong together.
     *
     * @param label what they are of
     * @param points how high, by how far across; both above 0
     */
    public record Line(String label, SortedMap<Double, Double> points) {

        /**
         * Keeps its own copy of the points.
         *
         * @throws IllegalArgumentException if a point has no place on a logarithmic scale
         */
        public Line {
            points.forEach((x, y) -> {
                if (!(x > 0) || !(y > 0)) {
                    throw new IllegalArgumentException(
                            label + " has the point " + x + ", " + y + ", which is not above 0");
                }
            });
            points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
        }
    }

    /**
     * A height that figures are held to.
     *
     * @param label what it is
     * @param value how high
     */
    public record Level(String label, double value) {}

    /** The same, with the points of earlier figures where these have none. */
    public Chart over(List<Line> earlier) {
        Map<String, SortedMap<Double, Double>> merged = new LinkedHashMap<>();
        lines.forEach(line -> merged.put(line.label(), new TreeMap<>()));
        earlier.forEach(line ->
                Optional.ofNullable(merged.get(line.label())).ifPresent(points -> points.putAll(line.points())));
        List<Line> all = new ArrayList<>();
        for (Line line : lines) {
            SortedMap<Double, Double> points = merged.get(line.label());
            points.putAll(line.points());
            all.add(new Line(line.label(), points));
        }
        return new Chart(name, title, across, up, all, levels);
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return lines.stream().allMatch(line -> line.points().isEmpty());
    }
}
