package io.aipanel.domain.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A length of time whose points are taken as one, their median: it evens out what comes and goes within it. */
enum Stretch {
    /** Evens out what a day's hours do; what is left comes and goes with the week. */
    DAY(Duration.ofDays(1), Duration.ofDays(7), 7, 7, 0),
    /**
     * For young panels. What comes and goes with the day is left, and an hour is much like the one before: a few days say
     * little, unless the series hardly ever goes back.
     */
    HOUR(Duration.ofHours(1), Duration.ofDays(2), 36, 24, 0.8);

    private final Duration length;
    private final Duration shortestSpan;
    private final int fewest;
    private final int cycle;
    private final double leastTau;

    Stretch(Duration length, Duration shortestSpan, int fewest, int cycle, double leastTau) {
        this.length = length;
        this.shortestSpan = shortestSpan;
        this.fewest = fewest;
        this.cycle = cycle;
        this.leastTau = leastTau;
    }

    /**
     * The longest stretch that suits points; empty if they span too little time.
     *
     * @param points by time, the oldest first
     */
    static Optional<Stretch> suiting(List<Point> points) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Duration span = Duration.between(
                points.get(0).at(), points.get(points.size() - 1).at());
        return Stream.of(values())
                .filter(stretch -> span.compareTo(stretch.shortestSpan) >= 0)
                .findFirst();
    }

    /** How many stretches with points there must be for a trend. */
    int fewest() {
        return fewest;
    }

    /** Whether medians of this length support that there is a trend. */
    boolean supports(TheilSen slope) {
        return slope.significant() && Math.abs(slope.tau()) >= leastTau;
    }

    /** After how many stretches the same comes again. */
    int cycle() {
        return cycle;
    }

    /**
     * The stretches back from the newest point, each with the median of its points and of their times. One without points is
     * left out, as is the oldest if the points do not reach its beginning.
     *
     * @param points by time, at least one
     */
    List<Point> medians(List<Point> points) {
        Instant end = points.get(points.size() - 1).at();
        List<Point> medians = new ArrayList<>();
        int from = 0;
        long whole = Duration.between(points.get(0).at(), end).dividedBy(length);
        for (long back = whole - 1; back >= 0; back--) {
            Instant until = end.minus(length.multipliedBy(back));
            Instant since = until.minus(length);
            while (!points.get(from).at().isAfter(since)) {
                from++;
            }
            int to = from;
            while (to < points.size() && !points.get(to).at().isAfter(until)) {
                to++;
            }
            if (to > from) {
                medians.add(median(points.subList(from, to)));
            }
            from = Math.min(to, points.size() - 1);
        }
        return medians;
    }

    private static Point median(List<Point> points) {
        Instant first = points.get(0).at();
        double millis = Medians.of(points.stream()
                .mapToDouble(point -> Duration.between(first, point.at()).toMillis())
                .toArray());
        return new Point(
                first.plusMillis(Math.round(millis)),
                Medians.of(points.stream().mapToDouble(Point::value).toArray()));
    }
}
