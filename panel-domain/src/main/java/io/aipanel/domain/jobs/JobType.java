package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * What kind of work a job is; it decides which handler runs it.
 *
 * @param value 1 to 100 characters of {@code a-z}, {@code A-Z}, {@code 0-9}, {@code .}, {@code _} and {@code -},
 *     starting with a letter or digit
 */
public record JobType(String value) implements Comparable<JobType> {

    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

    /**
     * @throws InvalidValueException if it has another form
     */
    public JobType {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "type",
                    "must be 1 to 100 characters of a-z, A-Z, 0-9, ., _ and -, starting with a letter or digit");
        }
    }

    @Override
    public int compareTo(JobType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
