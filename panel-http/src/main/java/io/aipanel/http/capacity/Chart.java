package io.aipanel.http.capacity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was measured, as a line in a picture of {@link #WIDTH} by {@link #HEIGHT} units.
 *
 * @param lines the points of each stretch that was measured without a gap, as SVG writes them
 * @param dots where a single point stands between two gaps
 * @param rules the lines that belong to the limit, those that are within the picture
 * @param points what was measured, the oldest first
 * @param highest the highest value; empty if nothing was measured
 */
record Chart(List<String> lines, List<Dot> dots, List<Ruler> rules, List<Point> points, Optional<Double> highest) {

    static final int WIDTH = 600;
    static final int HEIGHT = 120;

    /** So that the highest value does not stick to the upper edge. */
    private static final double HEADROOM = 1.05;

    /** A limit is part of the picture once what was measured has come so near that both can be told apart from nothing. */
    private static final double NEAR = 0.5;

    /**
     * A value.
     *
     * @param at when the time began that it stands for
     * @param value empty if nobody measured
     */
    record Point(Instant at, Optional<Double> value) {}

    /** A point of the picture. */
    record Dot(String x, String y) {}

    /**
     * A level line.
     *
     * @param kind {@code limit} or {@code warning}
     */
    record Ruler(String kind, String y) {}

    /**
     * Draws values.
     *
     * @param limit the limit, in the unit of the values
     * @param warningShare the share of it that warns
     */
    static Chart of(List<Point> points, double limit, double warningShare) {
        Optional<Double> highest =
                points.stream().flatMap(point -> point.value().stream()).max(Double::compare);
        double top = highest.orElse(0.0) >= NEAR * limit ? Math.max(highest.orElse(0.0), limit) : highest.orElse(0.0);
        double scale = top > 0 ? HEIGHT / (top * HEADROOM) : 0;
        List<String> lines = new ArrayList<>();
        List<Dot> dots = new ArrayList<>();
        List<Dot> stretch = new ArrayList<>();
        for (int i = 0; i <= points.size(); i++) {
            Optional<Double> value = i < points.size() ? points.get(i).value() : Optional.empty();
            if (value.isPresent()) {
                double x = points.size() < 2 ? WIDTH / 2.0 : (double) i * WIDTH / (points.size() - 1);
                stretch.add(new Dot(number(x), number(HEIGHT - value.get() * scale)));
            } else {
                end(stretch, lines, dots);
            }
        }
        List<Ruler> rules = new ArrayList<>();
        if (top >= limit) {
            rules.add(new Ruler("limit", number(HEIGHT - limit * scale)));
            rules.add(new Ruler("warning", number(HEIGHT - warningShare * limit * scale)));
        }
        return new Chart(lines, dots, rules, points, highest);
    }

    private static void end(List<Dot> stretch, List<String> lines, List<Dot> dots) {
        if (stretch.size() == 1) {
            dots.add(stretch.get(0));
        } else if (!stretch.isEmpty()) {
            lines.add(String.join(
                    " ", stretch.stream().map(dot -> dot.x() + "," + dot.y()).toList()));
        }
        stretch.clear();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
