package io.aipanel.domain.capacity;

import io.aipanel.domain.capacity.Forecast.Headroom;
import io.aipanel.domain.capacity.Forecast.NoTrend;
import io.aipanel.domain.capacity.Forecast.Trend;
import io.aipanel.domain.capacity.Forecast.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Looks ahead from what was measured. Two questions are asked, each of another kind of series.
 *
 * <p>{@link #trend} asks where something is going that grows, such as a file. The points of the last {@link #HISTORY} become
 * medians of whole days or, while there is less than a week, of hours: so the time of day is evened out, outliers do not
 * count, and there are at most 168 of them, however many points there were. What was before the level last jumped is left out
 * (the log was cut, and grows again from there), and so is what the newer half contradicts (it has grown, and does so no
 * more). What is left has the slope of H. Theil (1950), with the interval of P. K. Sen (1968), and is a trend if the test of
 * Mann (1945) and Kendall (1975) finds one; {@link TheilSen} names the papers. If not, it is none, whatever the slope. Only what
 * wanders about for months without coming back deceives it, as it does any test: chance then is a trend of its own.
 *
 * <p>{@link #headroom} asks how much of a limit was ever needed by something that comes and goes. Days until a limit would be a
 * guess there: the next busy hour decides, not a slope.
 */
public final class Forecasts {

    /** How far back a trend looks; what was before says little about the next months. */
    public static final Duration HISTORY = Duration.ofDays(90);

    private Forecasts() {}

    /**
     * When a value will be where it must not be.
     *
     * @param points by time, the oldest first, at any distances; where nothing was measured there are none
     * @param warning the value that warns
     * @param limit the value that must not be reached, at least {@code warning}
     * @return a {@link Trend}, {@link NoTrend}, or {@link Unknown} if the points span less than two days, or are too few
     */
    public static Forecast trend(List<Point> points, double warning, double limit) {
        List<Point> recent =
                points.isEmpty() ? points : since(points, last(points).at().minus(HISTORY));
        Optional<Stretch> stretch = Stretch.suiting(recent);
        while (stretch.isPresent()) {
            List<Point> medians = stretch.get().medians(recent);
            if (medians.size() < stretch.get().fewest()) {
                return new Unknown();
            }
            Optional<Point> jump = stretch.get() == Stretch.DAY ? LevelShift.last(medians) : Optional.empty();
            if (jump.isEmpty()) {
                Line line =
                        Line.through(medians, last(recent).at(), stretch.get().cycle());
                return stretch.get().supports(line.slope()) ? forecast(line, warning, limit) : new NoTrend();
            }
            recent = since(recent, jump.get().at());
            stretch = Stretch.suiting(recent);
        }
        return new Unknown();
    }

    /**
     * The highest of each day (UTC), for {@link #trend} of something that matters when most is going on.
     *
     * @param points by time, the oldest first
     */
    public static List<Point> dailyPeaks(List<Point> points) {
        List<Point> peaks = new ArrayList<>();
        for (Point point : points) {
            Instant day = point.at().truncatedTo(ChronoUnit.DAYS);
            if (!peaks.isEmpty() && last(peaks).at().equals(day)) {
                double highest = Math.max(last(peaks).value(), point.value());
                peaks.set(peaks.size() - 1, new Point(day, highest));
            } else {
                peaks.add(new Point(day, point.value()));
            }
        }
        return peaks;
    }

    /**
     * How much of a limit was needed in the busiest window: the highest value that each minute of a whole window has reached.
     * One single minute of a burst does not count, as it does not for the state of a threshold.
     *
     * @param minutes one for each minute that was measured, by time, the oldest first
     * @param window how long a window is, at least a minute; a window with a gap is none
     * @param limit all of it, more than 0
     * @return a {@link Headroom}, or {@link Unknown} if there is no whole window
     */
    public static Forecast headroom(List<Point> minutes, Duration window, double limit) {
        return BusiestWindow.among(minutes, window)
                .<Forecast>map(point -> new Headroom(point.at(), point.value(), point.value() / limit))
                .orElseGet(Unknown::new);
    }

    private static Trend forecast(Line line, double warning, double limit) {
        TheilSen slope = line.slope();
        return new Trend(
                slope.slope(),
                slope.low(),
                slope.high(),
                until(warning - line.level(), slope),
                until(limit - line.level(), slope));
    }

    private static Optional<DaysUntil> until(double distance, TheilSen slope) {
        if (distance <= 0) {
            return Optional.of(DaysUntil.NOW);
        }
        double days = distance / slope.slope();
        if (slope.slope() <= 0 || days > DaysUntil.HORIZON_DAYS) {
            return Optional.empty();
        }
        double latest = slope.low() > 0 ? distance / slope.low() : Double.POSITIVE_INFINITY;
        return Optional.of(new DaysUntil(
                days,
                distance / slope.high(),
                latest > DaysUntil.HORIZON_DAYS ? OptionalDouble.empty() : OptionalDouble.of(latest)));
    }

    private static List<Point> since(List<Point> points, Instant at) {
        int from = 0;
        while (from < points.size() && points.get(from).at().isBefore(at)) {
            from++;
        }
        return points.subList(from, points.size());
    }

    private static Point last(List<Point> points) {
        return points.get(points.size() - 1);
    }
}
