package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How well the checkpoints of one signer get to a place outside. Several panels on one log bring each their own to a place,
 * and may call different places by one name.
 *
 * @param name which place, as it is configured: a file or the address of a server without its secrets, 1 to 512 bytes in
 *     UTF-8
 * @param signer the id of the key that signs what is brought there: {@link VerifierKey#hexId}
 * @param size the size of the newest checkpoint that got there; 0 if none did
 * @param at when that was; empty for never
 * @param failedAt since when it fails; empty if the last try succeeded
 * @param failure why, 1 to 1 000 bytes in UTF-8; empty if it does not fail
 */
public record AnchorState(
        String name, String signer, long size, Optional<Instant> at, Optional<Instant> failedAt, String failure) {

    /** The most bytes of {@link #failure}. */
    public static final int MOST_FAILURE_BYTES = 1_000;

    private static final Pattern SIGNER = Pattern.compile("[0-9a-f]{8}");

    /**
     * @throws InvalidValueException if a value is out of range or contradicts another one
     */
    public AnchorState {
        Text.required("name", name, Text.INDEXED_BYTES);
        if (!SIGNER.matcher(signer).matches()) {
            throw new InvalidValueException("signer", "must be the id of a key: 8 hexadecimal digits in lower case");
        }
        if (size < 0 || at.isEmpty() && size > 0) {
            throw new InvalidValueException("size", "must be 0 or more, and 0 as long as nothing has got there");
        }
        at = at.map(time -> Timestamps.micros("at", time));
        failedAt = failedAt.map(time -> Timestamps.micros("failedAt", time));
        Text.check("failure", failure, MOST_FAILURE_BYTES);
        if (failedAt.isPresent() == failure.isEmpty()) {
            throw new InvalidValueException("failure", "must be told if, and only if, it fails");
        }
    }

    /** A place to which nothing was brought yet. */
    public static AnchorState untried(String name, String signer) {
        return new AnchorState(name, signer, 0, Optional.empty(), Optional.empty(), "");
    }
}
