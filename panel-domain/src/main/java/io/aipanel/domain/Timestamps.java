package io.aipanel.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Times as every store keeps them: whole microseconds between the years 1 and 9999, so that RFC 3339 (section
 * 5.6) can write them and both engines can hold them.
 */
public final class Timestamps {

    /** The earliest time that can be kept. */
    public static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

    /** The latest time that can be kept. */
    public static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Timestamps() {}

    /**
     * Cuts a time down to whole microseconds.
     *
     * @param field the name for the error message
     * @param time any time
     * @return the time without its nanoseconds
     * @throws InvalidValueException if it lies outside {@link #MIN} to {@link #MAX}
     */
    public static Instant micros(String field, Instant time) {
        if (time.isBefore(MIN) || !time.isBefore(MAX.plus(1, ChronoUnit.MICROS))) {
            throw new InvalidValueException(field, "must lie between the years 1 and 9999");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Rounds a time up to whole microseconds, for a limit that times are compared with: as those have whole
     * microseconds, they stand to the answer as they stand to the given time.
     *
     * @param field the name for the error message
     * @param time any time
     * @return the first whole microsecond that is not before it, at most {@link #MAX}
     * @throws InvalidValueException if it lies outside {@link #MIN} to {@link #MAX}
     */
    public static Instant microsUp(String field, Instant time) {
        Instant cut = micros(field, time);
        return cut.equals(time) || cut.equals(MAX) ? cut : cut.plus(1, ChronoUnit.MICROS);
    }

    /** Microseconds since 1970-01-01T00:00:00Z, negative before it. */
    public static long toEpochMicros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    /** The time that is this many microseconds after 1970-01-01T00:00:00Z. */
    public static Instant ofEpochMicros(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }
}
