package io.aipanel.domain.versions;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of a component.
 *
 * @param value a Debian package name (Debian Policy, section 5.6.1), 2 to 100 characters
 */
public record ComponentName(String value) implements Comparable<ComponentName> {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,99}");

    /**
     * @throws InvalidValueException if it has another form
     */
    public ComponentName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "component", "must be a Debian package name: 2 to 100 of a-z, 0-9, +, - and . such as nginx");
        }
    }

    @Override
    public int compareTo(ComponentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
