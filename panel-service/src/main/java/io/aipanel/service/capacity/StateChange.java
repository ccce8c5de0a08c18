package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import java.time.Instant;
import java.util.Optional;

/**
 * A threshold has come into another state.
 *
 * @param threshold which one
 * @param from its state before
 * @param to its state since then
 * @param value what was measured, in the threshold's unit; empty if nothing was
 * @param limit its limit, in the same unit, greater than 0
 * @param since since when it is in that state
 */
public record StateChange(
        Threshold threshold,
        ThresholdState from,
        ThresholdState to,
        Optional<Double> value,
        double limit,
        Instant since) {

    /** The value as a share of the limit; empty if there is no value. */
    public Optional<Double> share() {
        return value.map(measured -> measured / limit);
    }

    /** Whether somebody is to be told: that the first measurements are well, or that there are none, is no news. */
    boolean isNews() {
        return to.isWorseThan(ThresholdState.OK) || from.isWorseThan(ThresholdState.OK);
    }
}
