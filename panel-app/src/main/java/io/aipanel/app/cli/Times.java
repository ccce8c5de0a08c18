package io.aipanel.app.cli;

import io.aipanel.app.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads points in time, and lengths of it. */
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

    /**
     * The duration that a text such as {@code 30s}, {@code 15m}, {@code 7d} or {@code PT30S} means.
     *
     * @param option which option it was given with
     * @throws UsageException if it means none
     */
    public static Duration parseDuration(String option, String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new UsageException(
                        option + " must be a duration such as 30s, 15m, 7d or PT30S (it is '" + text + "')"));
    }
}
