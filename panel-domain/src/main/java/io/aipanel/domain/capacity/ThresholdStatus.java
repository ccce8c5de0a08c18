package io.aipanel.domain.capacity;

import java.time.Instant;
import java.util.Optional;

/**
 * In which state a threshold is.
 *
 * @param threshold which one
 * @param state its state
 * @param since since when
 * @param notifiedAt when somebody was last told of a change; empty if never
 */
public record ThresholdStatus(Threshold threshold, ThresholdState state, Instant since, Optional<Instant> notifiedAt) {

    /**
     * Guards a change.
     *
     * @param before what was before; empty if nothing was known
     * @throws IllegalArgumentException if that is about another threshold
     */
    public void requireToFollow(Optional<ThresholdStatus> before) {
        if (before.filter(status -> status.threshold() != threshold).isPresent()) {
            throw new IllegalArgumentException(
                    "a state of " + before.get().threshold() + " cannot become one of " + threshold);
        }
    }
}
