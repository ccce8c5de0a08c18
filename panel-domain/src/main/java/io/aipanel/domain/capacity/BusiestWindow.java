package io.aipanel.domain.capacity;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Looks for the window of minutes whose lowest value is the highest. For one thread. */
final class BusiestWindow {

    private final int length;
    /** The minutes of the window that can still become its lowest: rising in time and in value. */
    private final Deque<Point> lowest = new ArrayDeque<>();

    private Optional<Instant> before = Optional.empty();
    private int unbroken;
    private Optional<Point> busiest = Optional.empty();

    private BusiestWindow(int length) {
        this.length = length;
    }

    /**
     * The beginning of the busiest window, and what each of its minutes has reached; empty if there is no window without a gap.
     */
    static Optional<Point> among(List<Point> minutes, Duration window) {
        BusiestWindow search = new BusiestWindow((int) Math.max(1, window.toMinutes()));
        minutes.forEach(search::add);
        return search.busiest;
    }

    private void add(Point point) {
        Instant minute = point.at().truncatedTo(ChronoUnit.MINUTES);
        if (before.filter(minute.minus(1, ChronoUnit.MINUTES)::equals).isEmpty()) {
            lowest.clear();
            unbroken = 0;
        }
        before = Optional.of(minute);
        unbroken++;
        while (!lowest.isEmpty() && lowest.getLast().value() >= point.value()) {
            lowest.removeLast();
        }
        lowest.addLast(new Point(minute, point.value()));
        Instant begin = minute.minus(length - 1L, ChronoUnit.MINUTES);
        if (lowest.getFirst().at().isBefore(begin)) {
            lowest.removeFirst();
        }
        double held = lowest.getFirst().value();
        if (unbroken >= length && busiest.stream().noneMatch(known -> known.value() >= held)) {
            busiest = Optional.of(new Point(begin, held));
        }
    }
}
