package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import java.time.Instant;
import java.util.Optional;

/**
 * How near one limit is.
 *
 * @param threshold which one
 * @param value what is measured now, or was in the last minute that was measured, within the window; empty if none was
 * @param limit the limit, in the threshold's unit
 * @param state the state
 * @param since since when; empty if that was not noted, because nobody has measured for a whole minute yet
 */
public record ThresholdReport(
        Threshold threshold, Optional<Double> value, double limit, ThresholdState state, Optional<Instant> since) {

    /** The value as a share of the limit; empty if there is no value. */
    public Optional<Double> share() {
        return value.map(measured -> measured / limit);
    }
}
