package io.aipanel.domain.iam;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;

/**
 * An Argon2id hash of a password in the PHC string format. It is kept from logs, because it can be attacked
 * offline.
 *
 * @param value the hash, starting with {@code $argon2id$}
 */
public record PasswordHash(String value) {

    /**
     * @throws InvalidValueException if it is not an Argon2id hash
     */
    public PasswordHash {
        Text.check("passwordHash", value, Text.INDEXED_BYTES);
        if (!value.startsWith("$argon2id$")) {
            throw new InvalidValueException("passwordHash", "must be an Argon2id hash");
        }
    }

    @Override
    public String toString() {
        return "(password hash)";
    }
}
