package io.aipanel.domain.capacity;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.time.Instant;
import java.util.Optional;

/**
 * What was measured in a minute, or in the minutes of an hour or a day. A minute in which nobody measured has no sample,
 * which is something else than a sample without values: there the panel looked, and nothing was written.
 *
 * @param series what was measured
 * @param step how much time it stands for
 * @param at when that time began, on the clock's full minute, hour or day of UTC
 * @param source whose values they are; empty for those that are the same for all
 * @param count how many values there were, 0 or more
 * @param min the smallest value, 0 if there is none
 * @param sum all values added up
 * @param max the greatest value, 0 if there is none
 * @param histogram how the values are spread; empty for a single value, or none
 */
public record Sample(
        Series series,
        Step step,
        Instant at,
        String source,
        long count,
        double min,
        double sum,
        double max,
        Optional<Histogram> histogram) {

    /** The source of what is the same for all. */
    public static final String SHARED = "";

    /**
     * @throws InvalidValueException if the time is not the beginning of its step, or a number is negative or none
     */
    public Sample {
        if (!at.equals(step.floor(at))) {
            throw new InvalidValueException("at", "must be the beginning of a full " + step.wireName());
        }
        Text.check("source", source, Text.INDEXED_BYTES);
        if (count < 0) {
            throw new InvalidValueException("count", "must be 0 or more");
        }
        required("min", min);
        required("sum", sum);
        required("max", max);
    }

    /** A single value that is the same whoever measures it. */
    public static Sample of(Series series, Instant minute, double value) {
        return new Sample(series, Step.MINUTE, minute, SHARED, 1, value, value, value, Optional.empty());
    }

    /** The mean of the values; 0 if there is none. */
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    private static void required(String field, double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new InvalidValueException(field, "must be 0 or more");
        }
    }
}
