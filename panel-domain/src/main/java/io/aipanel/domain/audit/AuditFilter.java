package io.aipanel.domain.audit;

import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * Which events are wanted. What is empty does not restrict.
 *
 * @param from the earliest time, inclusive; rounded up to whole microseconds, which finds the same events
 * @param to the latest time, exclusive; rounded up likewise
 * @param actor exactly this actor
 * @param action this action or, if it ends in a dot, every action that starts with it
 * @param target exactly this target
 * @param outcome this outcome
 * @param newestFirst whether the newest event comes first
 */
public record AuditFilter(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> actor,
        Optional<String> action,
        Optional<String> target,
        Optional<AuditOutcome> outcome,
        boolean newestFirst) {

    /** Every event, the newest first. */
    public static final AuditFilter NEWEST = of(true);

    /** Every event, the oldest first. */
    public static final AuditFilter OLDEST = of(false);

    /**
     * @throws io.aipanel.domain.InvalidValueException if a text or a time cannot be one of an event
     */
    public AuditFilter {
        from = from.map(at -> Timestamps.microsUp("from", at));
        to = to.map(at -> Timestamps.microsUp("to", at));
        actor.ifPresent(value -> Text.check("actor", value, Text.INDEXED_BYTES));
        action.ifPresent(value -> Text.check("action", value, Text.INDEXED_BYTES));
        target.ifPresent(value -> Text.check("target", value, Text.INDEXED_BYTES));
    }

    private static AuditFilter of(boolean newestFirst) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                newestFirst);
    }
}
