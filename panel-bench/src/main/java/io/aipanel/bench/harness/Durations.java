package io.aipanel.bench.harness;

import java.time.Duration;

/** Times as the results have them. */
public final class Durations {

    private Durations() {}

    /** A time in milliseconds, with its fraction. */
    public static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
