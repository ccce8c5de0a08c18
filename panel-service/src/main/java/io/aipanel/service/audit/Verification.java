package io.aipanel.service.audit;

import java.util.Optional;

/**
 * What a check of the log has found.
 *
 * @param status how it ended
 * @param checked how many events were looked at
 * @param firstBad the index of the first event that is not as it was, as far as that can be said; empty if nothing is wrong,
 *     or it is not an event that is
 * @param message what was found, in words
 * @param beyond how many events, from the first there ever was, trusted checkpoints cover: what comes after them was not
 *     proven to be all there was
 */
public record Verification(Status status, long checked, Optional<Long> firstBad, String message, long beyond) {

    /** How a check can end. */
    public enum Status {
        /** As far as trusted checkpoints reach, the log is as it was when they were signed. */
        INTACT,
        /** Something is wrong. */
        BROKEN,
        /** Nothing is wrong, but nothing proves it either. */
        NOT_VERIFIABLE
    }
}
