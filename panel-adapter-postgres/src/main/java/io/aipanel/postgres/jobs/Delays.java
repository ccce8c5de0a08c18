package io.aipanel.postgres.jobs;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Durations as the store keeps them: whole microseconds. */
public final class Delays {

    private Delays() {}

    /** The duration in microseconds; what is shorter than one is cut off. */
    public static long toMicros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.toSeconds(), 1_000_000L), duration.toNanosPart() / 1_000);
    }

    /** The duration of so many microseconds. */
    public static Duration ofMicros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
