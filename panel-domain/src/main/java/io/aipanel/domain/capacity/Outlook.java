package io.aipanel.domain.capacity;

import io.aipanel.domain.capacity.Forecast.Headroom;
import io.aipanel.domain.capacity.Forecast.NoTrend;
import io.aipanel.domain.capacity.Forecast.Trend;
import java.util.Locale;
import java.util.Optional;

/** A forecast in words. */
public final class Outlook {

    private static final double DAYS_A_YEAR = 365.25;

    private Outlook() {}

    /**
     * One sentence for people.
     *
     * @param warningShare the share of the limit that warns, for example 0.8
     */
    public static String of(Forecast forecast, double warningShare) {
        if (forecast instanceof Trend trend) {
            return trend(trend, warningShare);
        }
        if (forecast instanceof Headroom headroom) {
            return "At its busiest it needed " + percent(headroom.share()) + " of the limit" + room(headroom.share())
                    + ".";
        }
        return forecast instanceof NoTrend
                ? "No trend: what was measured does not support that it grows."
                : "Too little was measured for a forecast.";
    }

    private static String trend(Trend trend, double warningShare) {
        if (trend.perDay() < 0) {
            return "It falls.";
        }
        Optional<String> warning = trend.warning()
                .filter(days -> !days.isPast())
                .map(days -> percent(warningShare) + " of the limit " + in(days));
        Optional<String> limit =
                trend.limit().map(days -> days.isPast() ? "it is past the limit" : "the limit " + in(days));
        String told = warning.flatMap(first -> limit.map(second -> first + ", " + second))
                .or(() -> warning)
                .or(() -> limit)
                .map(when -> ": " + when)
                .orElse(", but reaches the limit not within ten years");
        return "It grows" + told + ".";
    }

    private static String room(double share) {
        return share > 0 && share < 0.5
                ? "; there is room for " + Math.min(1_000, (long) (1 / share)) + " times as much"
                : "";
    }

    private static String in(DaysUntil days) {
        String low = time(days.low());
        if (days.high().isEmpty()) {
            return "in " + time(days.days()) + " (" + low + " or more)";
        }
        String high = time(days.high().getAsDouble());
        return "in " + time(days.days())
                + (low.equals(high) ? "" : " (" + withoutUnitOf(high, low) + " to " + high + ")");
    }

    /** A unit is said once. */
    private static String withoutUnitOf(String other, String time) {
        String unit = other.substring(other.lastIndexOf(' '));
        return time.endsWith(unit) && !time.startsWith("less")
                ? time.substring(0, time.length() - unit.length())
                : time;
    }

    private static String time(double days) {
        if (days < 1) {
            return "less than a day";
        }
        if (days > 2 * DAYS_A_YEAR) {
            return String.format(Locale.ROOT, "%.1f years", days / DAYS_A_YEAR);
        }
        long whole = Math.round(days);
        return whole + (whole == 1 ? " day" : " days");
    }

    /** Below ten with one digit behind the point, if that is not 0. */
    private static String percent(double share) {
        double percent = share * 100;
        return percent > 0 && percent < 0.1
                ? "less than 0.1 %"
                : String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent)
                        .replace(".0 ", " ");
    }
}
