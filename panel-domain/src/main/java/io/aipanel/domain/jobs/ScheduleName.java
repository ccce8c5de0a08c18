package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of a schedule.
 *
 * @param value 1 to 100 characters of {@code a-z}, {@code A-Z}, {@code 0-9}, {@code .}, {@code _} and {@code -},
 *     starting with a letter or digit
 */
public record ScheduleName(String value) implements Comparable<ScheduleName> {

    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

    /**
     * @throws InvalidValueException if it has another form
     */
    public ScheduleName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "name",
                    "must be 1 to 100 characters of a-z, A-Z, 0-9, ., _ and -, starting with a letter or digit");
        }
    }

    @Override
    public int compareTo(ScheduleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
