package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of a queue.
 *
 * @param value 1 to 100 characters of {@code a-z}, {@code A-Z}, {@code 0-9}, {@code .}, {@code _} and {@code -},
 *     starting with a letter or digit
 */
public record QueueName(String value) implements Comparable<QueueName> {

    // Before DEFAULT, which it checks.
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

    /** The queue of jobs that name none. */
    public static final QueueName DEFAULT = new QueueName("default");

    /**
     * @throws InvalidValueException if it has another form
     */
    public QueueName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "queue",
                    "must be 1 to 100 characters of a-z, A-Z, 0-9, ., _ and -, starting with a letter or digit");
        }
    }

    @Override
    public int compareTo(QueueName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
