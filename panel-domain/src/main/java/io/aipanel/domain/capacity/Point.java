package io.aipanel.domain.capacity;

import java.time.Instant;

/**
 * A value at a time.
 *
 * @param at when
 * @param value what was measured then; finite
 */
public record Point(Instant at, double value) {

    /**
     * @throws IllegalArgumentException if the value is not finite
     */
    public Point {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a point must be finite (it is " + value + " at " + at + ")");
        }
    }
}
