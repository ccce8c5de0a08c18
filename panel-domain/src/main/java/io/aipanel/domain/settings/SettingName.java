package io.aipanel.domain.settings;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of a setting.
 *
 * @param value lower-case words joined by dots, at most 100 characters, for example {@code panel.name}
 */
public record SettingName(String value) implements Comparable<SettingName> {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    /**
     * @throws InvalidValueException if it has another form
     */
    public SettingName {
        if (value.length() > 100 || !SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "key", "must be lower-case words joined by dots, such as panel.name, at most 100 characters");
        }
    }

    @Override
    public int compareTo(SettingName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
