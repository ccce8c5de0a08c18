package io.aipanel.domain.versions;

import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds a component at a version.
 *
 * @param version the version to hold, 1 to 100 UTF-8 bytes
 * @param reason why, at most {@link Text#INDEXED_BYTES} UTF-8 bytes; may be empty
 * @param expiresAt until when; empty for as long as nobody removes the pin
 */
public record Pin(String version, String reason, Optional<Instant> expiresAt) {

    /**
     * @throws io.aipanel.domain.InvalidValueException if a text is out of range
     */
    public Pin {
        Text.required("version", version, Component.MAX_VERSION_BYTES);
        Text.check("reason", reason, Text.INDEXED_BYTES);
        expiresAt = expiresAt.map(at -> Timestamps.micros("expiresAt", at));
    }

    /** Whether the pin still holds. */
    public boolean isActive(Instant now) {
        return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
    }
}
