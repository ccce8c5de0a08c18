package io.aipanel.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that must not be seen: a password or a token. It never appears in {@link #toString()}. */
public final class Secret {

    private final String value;

    /** @param value the secret itself */
    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself. Call this only where it is used. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not depend on where the difference is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
