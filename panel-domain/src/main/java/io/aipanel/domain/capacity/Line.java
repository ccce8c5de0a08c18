package io.aipanel.domain.capacity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The straight line that the newest part of a series goes along.
 *
 * @param slope its slope, a day
 * @param level where it is at the end of the series
 */
record Line(TheilSen slope, double level) {

    private static final double MILLIS_PER_DAY = 86_400_000;

    /**
     * The line through as much of a series as its newer half does not contradict, halved again and again. A series that has
     * grown and does so no more has another line than one that grows.
     *
     * @param points by time, the oldest first, at least 3
     * @param end where the series ends
     * @param cycle after how many of them the same comes again; the newest part is not shorter than two of these
     */
    static Line through(List<Point> points, Instant end, int cycle) {
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        double[] days = points.stream().mapToDouble(point -> days(point.at())).toArray();
        List<TheilSen> slopes = new ArrayList<>();
        for (int part = points.size(); slopes.isEmpty() || part >= 2 * cycle; part /= 2) {
            slopes.add(TheilSen.of(Medians.last(days, part), Medians.last(values, part)));
        }
        int chosen = 0;
        while (isContradicted(slopes.get(chosen), slopes.subList(chosen + 1, slopes.size()))) {
            chosen++;
        }
        return new Line(slopes.get(chosen), level(slopes.get(chosen).slope(), days, values, days(end), cycle));
    }

    private static boolean isContradicted(TheilSen slope, List<TheilSen> newer) {
        return newer.stream().anyMatch(slope::contradicts);
    }

    /** Where the line is at the end by the last cycle's median, so that neither an outlier nor the time of the week decides. */
    private static double level(double slope, double[] days, double[] values, double end, int cycle) {
        int number = Math.min(cycle, days.length);
        double[] moved = new double[number];
        for (int i = 0; i < number; i++) {
            int place = days.length - 1 - i;
            moved[i] = values[place] + slope * (end - days[place]);
        }
        return Medians.of(moved);
    }

    private static double days(Instant at) {
        return at.toEpochMilli() / MILLIS_PER_DAY;
    }
}
