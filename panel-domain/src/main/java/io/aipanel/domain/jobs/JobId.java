package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;

/**
 * Identifies a job. Ids grow in the order of arrival and are never used twice.
 *
 * @param value 1 or more
 */
public record JobId(long value) implements Comparable<JobId> {

    /**
     * @throws InvalidValueException if the value is not positive
     */
    public JobId {
        if (value < 1) {
            throw new InvalidValueException("id", "must be a positive whole number");
        }
    }

    /**
     * Reads the decimal form.
     *
     * @throws InvalidValueException if the text is not a positive whole number
     */
    public static JobId parse(String text) {
        try {
            return new JobId(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidValueException("id", "must be a positive whole number");
        }
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
