package io.aipanel.service.capacity;

import java.time.Instant;
import java.util.Optional;

/**
 * What was measured in one step of time.
 *
 * @param at when the step began
 * @param values what was measured; empty if nobody measured, which is something else than zero
 */
public record HistoryPoint(Instant at, Optional<Values> values) {

    /**
     * The values of a step: of a minute what was measured in it, of an hour or a day what was measured in its minutes.
     *
     * @param count how many there are, 1 or more
     * @param min the smallest
     * @param mean their mean
     * @param max the greatest
     * @param p95 what 95 of 100 do not exceed
     */
    public record Values(long count, double min, double mean, double max, double p95) {}
}
