package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
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
 * @param address exactly this address
 * @param requestId exactly this request
 * @param text a part of the details, compared to the letter; only together with something else, because no index finds it
 * @param newestFirst whether the newest event comes first
 */
public record AuditFilter(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> actor,
        Optional<String> action,
        Optional<String> target,
        Optional<AuditOutcome> outcome,
        Optional<String> address,
        Optional<String> requestId,
        Optional<String> text,
        boolean newestFirst) {

    /** Every event, the newest first. */
    public static final AuditFilter NEWEST = of(true);

    /** Every event, the oldest first. */
    public static final AuditFilter OLDEST = of(false);

    /**
     * @throws InvalidValueException if a text or a time cannot be one of an event, or there is a text of the details and
     *     nothing else
     */
    public AuditFilter {
        from = from.map(at -> Timestamps.microsUp("from", at));
        to = to.map(at -> Timestamps.microsUp("to", at));
        actor.ifPresent(value -> Text.check("actor", value, Text.INDEXED_BYTES));
        action.ifPresent(value -> Text.check("action", value, Text.INDEXED_BYTES));
        target.ifPresent(value -> Text.check("target", value, Text.INDEXED_BYTES));
        address.ifPresent(value -> Text.check("address", value, Text.INDEXED_BYTES));
        requestId.ifPresent(value -> Text.check("requestId", value, Text.INDEXED_BYTES));
        text.ifPresent(value -> Text.required("text", value, Text.INDEXED_BYTES));
        if (text.isPresent()
                && from.isEmpty()
                && to.isEmpty()
                && actor.isEmpty()
                && action.isEmpty()
                && target.isEmpty()
                && outcome.isEmpty()
                && address.isEmpty()
                && requestId.isEmpty()) {
            throw new InvalidValueException(
                    "text", "must be asked for together with something else, such as a time or an actor");
        }
    }

    private static AuditFilter of(boolean newestFirst) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                newestFirst);
    }

    /** The same from this time on. */
    public AuditFilter from(Instant earliest) {
        return new AuditFilter(
                Optional.of(earliest), to, actor, action, target, outcome, address, requestId, text, newestFirst);
    }

    /** The same before this time. */
    public AuditFilter to(Instant latest) {
        return new AuditFilter(
                from, Optional.of(latest), actor, action, target, outcome, address, requestId, text, newestFirst);
    }

    /** The same, by this actor. */
    public AuditFilter actor(String name) {
        return new AuditFilter(
                from, to, Optional.of(name), action, target, outcome, address, requestId, text, newestFirst);
    }

    /** The same, of this action or those that start with it. */
    public AuditFilter action(String name) {
        return new AuditFilter(
                from, to, actor, Optional.of(name), target, outcome, address, requestId, text, newestFirst);
    }

    /** The same, about this target. */
    public AuditFilter target(String name) {
        return new AuditFilter(
                from, to, actor, action, Optional.of(name), outcome, address, requestId, text, newestFirst);
    }

    /** The same, that ended so. */
    public AuditFilter outcome(AuditOutcome end) {
        return new AuditFilter(
                from, to, actor, action, target, Optional.of(end), address, requestId, text, newestFirst);
    }

    /** The same, from this address. */
    public AuditFilter address(String origin) {
        return new AuditFilter(
                from, to, actor, action, target, outcome, Optional.of(origin), requestId, text, newestFirst);
    }

    /** The same, of this request. */
    public AuditFilter requestId(String id) {
        return new AuditFilter(from, to, actor, action, target, outcome, address, Optional.of(id), text, newestFirst);
    }

    /** The same, with this text in their details. */
    public AuditFilter text(String part) {
        return new AuditFilter(
                from, to, actor, action, target, outcome, address, requestId, Optional.of(part), newestFirst);
    }

    /** The same in the other order. */
    public AuditFilter reversed() {
        return new AuditFilter(from, to, actor, action, target, outcome, address, requestId, text, !newestFirst);
    }

    /** The beginning of the actions that are wanted, with its final dot; empty if one is wanted, or any. */
    public Optional<String> actionPrefix() {
        return action.filter(name -> name.endsWith("."));
    }
}
