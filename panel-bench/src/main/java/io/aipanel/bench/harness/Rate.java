package io.aipanel.bench.harness;

import java.time.Duration;

/**
 * How much was done in which time.
 *
 * @param amount how much
 * @param window from the first call until the last of it was done and durable
 */
public record Rate(long amount, Duration window) {

    /** The window in milliseconds, with its fraction. */
    public double windowMillis() {
        return window.toNanos() / 1e6;
    }

    /** How much was done in a second. */
    public double perSecond() {
        return amount * 1e9 / window.toNanos();
    }
}
