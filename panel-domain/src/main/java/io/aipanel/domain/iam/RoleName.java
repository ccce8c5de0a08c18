package io.aipanel.domain.iam;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of a role.
 *
 * @param value 1 to 64 characters of {@code a-z}, {@code 0-9} and {@code -}, starting with a letter
 */
public record RoleName(String value) implements Comparable<RoleName> {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /**
     * @throws InvalidValueException if the name has another form
     */
    public RoleName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "role", "must be 1 to 64 characters of a-z, 0-9 and -, starting with a letter");
        }
    }

    @Override
    public int compareTo(RoleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
