package io.aipanel.app.cli;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads points in time. */
public final class Times {

    private Times() {}

    /**
     * The time that a text in the form of RFC 3339 means.
     *
     * @param option which option it was given with
     * @throws UsageException if it means none
     */
    public static Instant parse(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    option + " must be a time with its zone, such as 2027-01-31T08:00:00Z (it is '" + text + "')");
        }
    }
}
