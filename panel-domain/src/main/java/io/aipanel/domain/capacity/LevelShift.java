package io.aipanel.domain.capacity;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Finds where a series jumped to another level for good, as the audit log's size does when its beginning is cut off. */
final class LevelShift {

    /** How many values on each side speak for a level; three of them decide. */
    private static final int WINDOW = 5;

    /** So many times as far as steps usually are from their median no step of the same process ever is. */
    private static final double EXTRAORDINARY = 8;

    /** What makes the median distance from the median comparable to a standard deviation. */
    private static final double CONSISTENCY = 1.4826;

    /** A jump must be so much of all that the level ever moved. */
    private static final double LARGE = 0.4;

    private LevelShift() {}

    /** The first point of the newest level; empty if the level never jumped. */
    static Optional<Point> last(List<Point> points) {
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        int number = values.length - 2 * WINDOW + 1;
        if (number < WINDOW) {
            return Optional.empty();
        }
        double[] levels = Medians.rolling(values, WINDOW);
        double[] jumps = new double[number];
        for (int i = 0; i < number; i++) {
            jumps[i] = levels[i + WINDOW] - levels[i];
        }
        double usual = Medians.of(jumps);
        double[] distances =
                DoubleStream.of(jumps).map(jump -> Math.abs(jump - usual)).toArray();
        DoubleSummaryStatistics range = DoubleStream.of(levels).summaryStatistics();
        double bound = Math.max(
                EXTRAORDINARY * CONSISTENCY * Medians.of(distances), LARGE * (range.getMax() - range.getMin()));
        int last = number - 1;
        while (last >= 0 && distances[last] <= bound) {
            last--;
        }
        int first = last;
        while (first > 0 && distances[first - 1] > bound) {
            first--;
        }
        // A jump shows wherever the two windows have it between them: it is where the largest step is.
        return last < 0
                ? Optional.empty()
                : Optional.of(points.get(largestStep(values, first + WINDOW, last + WINDOW + WINDOW / 2)));
    }

    private static int largestStep(double[] values, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .boxed()
                .max(Comparator.comparingDouble(i -> Math.abs(values[i] - values[i - 1])))
                .orElseThrow();
    }
}
