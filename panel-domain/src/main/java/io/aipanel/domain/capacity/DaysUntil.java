package io.aipanel.domain.capacity;

import java.util.OptionalDouble;

/**
 * In how many days a value will be reached, counted from the newest sample.
 *
 * @param days the best estimate; 0 if it is reached already
 * @param low the earliest that the data allows, with a confidence of 95 %
 * @param high the latest that it allows; empty if that is beyond {@value #HORIZON_DAYS} days, or never
 */
public record DaysUntil(double days, double low, OptionalDouble high) {

    /** Nobody can look further ahead than ten years. */
    public static final int HORIZON_DAYS = 3_652;

    /** Reached already. */
    public static final DaysUntil NOW = new DaysUntil(0, 0, OptionalDouble.of(0));

    /**
     * @throws IllegalArgumentException unless {@code 0 <= low <= days <= high}
     */
    public DaysUntil {
        if (!(low >= 0 && low <= days && days <= high.orElse(Double.MAX_VALUE))) {
            throw new IllegalArgumentException("not an interval: " + low + ", " + days + ", " + high);
        }
    }

    /** Whether it is reached already. */
    public boolean isPast() {
        return days == 0;
    }
}
