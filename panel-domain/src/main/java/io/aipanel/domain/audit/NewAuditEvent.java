package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that was done, on its way into the log.
 *
 * @param at when it was done
 * @param actor who did it, 1 to {@link Text#INDEXED_BYTES} UTF-8 bytes, for example {@code user:anna@example.com}
 * @param action what was done: lower-case words joined by dots, most general first, at most 100 characters, for example
 *     {@code site.create}
 * @param target what it was done to, at most {@link Text#INDEXED_BYTES} UTF-8 bytes, for example {@code site:…}; empty
 *     if it was done to nothing in particular
 * @param outcome how it ended
 * @param address where the request came from, at most 100 UTF-8 bytes; empty if from this machine
 * @param requestId the request it belongs to, at most 64 visible ASCII characters; empty if there was none
 * @param details anything else; never a secret
 */
public record NewAuditEvent(
        Instant at,
        String actor,
        String action,
        String target,
        AuditOutcome outcome,
        Optional<String> address,
        Optional<String> requestId,
        JsonText details) {

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)*");
    private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,64}");

    /**
     * @throws InvalidValueException if a value is out of range
     */
    public NewAuditEvent {
        at = Timestamps.micros("at", at);
        Text.required("actor", actor, Text.INDEXED_BYTES);
        if (action.length() > 100 || !ACTION.matcher(action).matches()) {
            throw new InvalidValueException(
                    "action", "must be lower-case words joined by dots, such as site.create, at most 100 characters");
        }
        Text.check("target", target, Text.INDEXED_BYTES);
        address.ifPresent(value -> Text.required("address", value, 100));
        requestId.ifPresent(value -> {
            if (!REQUEST_ID.matcher(value).matches()) {
                throw new InvalidValueException("requestId", "must be 1 to 64 visible ASCII characters");
            }
        });
    }
}
