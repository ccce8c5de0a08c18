package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How many jobs of a queue may be started in a time. A token bucket: it holds {@code starts} tokens, each start takes one,
 * and they come back evenly over the period. So after a rest that many may start at once, and in the long run no more than
 * that many in each period.
 *
 * @param starts how many, 1 to {@value #MAX_STARTS}
 * @param period in which time, 1 second to 1 day, cut down to whole microseconds
 */
public record RateLimit(int starts, Duration period) {

    /** The most starts of a period. */
    public static final int MAX_STARTS = 1_000_000;

    /**
     * @throws InvalidValueException if a value is out of range
     */
    public RateLimit {
        if (starts < 1 || starts > MAX_STARTS) {
            throw new InvalidValueException("starts", "must be between 1 and " + MAX_STARTS);
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofDays(1)) > 0) {
            throw new InvalidValueException("period", "must be between 1 second and 1 day");
        }
        period = period.truncatedTo(ChronoUnit.MICROS);
    }
}
