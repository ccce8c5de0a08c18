package io.aipanel.domain.capacity;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * When something is near its limit, or past it.
 *
 * @param limits the limit of each threshold, greater than 0
 * @param window for how long it must be so, every minute of it; whole minutes, from one minute to one day
 * @param warningShare the share of a limit from which on it is near, above 0 and below 1
 * @param hysteresis by which share of a limit, or of the line of the warning, a value must be below it before it counts as
 *     below again, from 0 to 0.5
 * @param minimumInterval how long a state lasts at least before it becomes a better one, from 0 to 7 days
 */
public record CapacityRules(
        Map<Threshold, Double> limits,
        Duration window,
        double warningShare,
        double hysteresis,
        Duration minimumInterval) {

    /** ADR-002's. */
    public static final CapacityRules DEFAULT =
            new CapacityRules(defaultLimits(), Duration.ofMinutes(15), 0.8, 0.05, Duration.ofMinutes(15));

    /**
     * @throws InvalidValueException if a value is out of its range, or a limit is missing
     */
    public CapacityRules {
        limits = Map.copyOf(limits);
        for (Threshold threshold : Threshold.values()) {
            requireLimit(threshold, limits.getOrDefault(threshold, Double.NaN));
        }
        requireWindow(window);
        requireWarningShare(warningShare);
        requireHysteresis(hysteresis);
        requireMinimumInterval(minimumInterval);
    }

    /** The limit of a threshold. */
    public double limit(Threshold threshold) {
        return Objects.requireNonNull(limits.get(threshold));
    }

    /** From which value on a threshold is near. */
    public double warningAt(Threshold threshold) {
        return warningShare * limit(threshold);
    }

    /** How many minutes the window has. */
    public int windowMinutes() {
        return (int) window.toMinutes();
    }

    /** The same with another limit. */
    public CapacityRules limit(Threshold threshold, double limit) {
        Map<Threshold, Double> changed = new EnumMap<>(limits);
        changed.put(threshold, limit);
        return new CapacityRules(changed, window, warningShare, hysteresis, minimumInterval);
    }

    /** The same with another window. */
    public CapacityRules window(Duration newWindow) {
        return new CapacityRules(limits, newWindow, warningShare, hysteresis, minimumInterval);
    }

    /** The same with a warning from another share on. */
    public CapacityRules warningShare(double share) {
        return new CapacityRules(limits, window, share, hysteresis, minimumInterval);
    }

    /** The same with another hysteresis. */
    public CapacityRules hysteresis(double share) {
        return new CapacityRules(limits, window, warningShare, share, minimumInterval);
    }

    /** The same with another minimum interval. */
    public CapacityRules minimumInterval(Duration interval) {
        return new CapacityRules(limits, window, warningShare, hysteresis, interval);
    }

    private static Map<Threshold, Double> defaultLimits() {
        Map<Threshold, Double> limits = new EnumMap<>(Threshold.class);
        for (Threshold threshold : Threshold.values()) {
            limits.put(threshold, threshold.defaultLimit());
        }
        return limits;
    }

    private static void requireLimit(Threshold threshold, double limit) {
        if (!Double.isFinite(limit) || limit <= 0) {
            throw new InvalidValueException("capacity.limit." + threshold.wireName(), "must be greater than 0");
        }
    }

    private static void requireWindow(Duration window) {
        if (!Duration.ofMinutes(window.toMinutes()).equals(window)
                || window.compareTo(Duration.ofMinutes(1)) < 0
                || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new InvalidValueException("capacity.window", "must be whole minutes, from PT1M to PT24H");
        }
    }

    private static void requireWarningShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new InvalidValueException("capacity.warning-share", "must be above 0 and below 1, such as 0.8");
        }
    }

    private static void requireHysteresis(double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new InvalidValueException("capacity.hysteresis", "must be from 0 to 0.5, such as 0.05");
        }
    }

    private static void requireMinimumInterval(Duration interval) {
        if (interval.isNegative() || interval.compareTo(Duration.ofDays(7)) > 0) {
            throw new InvalidValueException("capacity.minimum-interval", "must be from PT0S to P7D");
        }
    }
}
