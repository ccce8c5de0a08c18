package io.aipanel.domain.hosting;

import io.aipanel.domain.InvalidValueException;
import java.util.UUID;

/** Identifies a site. Ids are time-ordered (RFC 9562, version 7) and are never used twice. */
public record SiteId(UUID value) {

    /**
     * Reads the form that {@link #toString()} writes.
     *
     * @throws InvalidValueException if the text is not a UUID
     */
    public static SiteId parse(String text) {
        try {
            UUID value = UUID.fromString(text);
            if (value.toString().equalsIgnoreCase(text)) {
                return new SiteId(value);
            }
        } catch (IllegalArgumentException notAUuid) {
            // told below
        }
        throw new InvalidValueException("id", "must be a UUID such as 0190163d-8694-739b-aea5-966c26f8ad91");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
