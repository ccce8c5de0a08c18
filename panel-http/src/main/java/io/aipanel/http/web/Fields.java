package io.aipanel.http.web;

import io.aipanel.domain.InvalidValueException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

/** Turns texts from outside into values, and names them in errors as the outside does. */
public final class Fields {

    private Fields() {}

    /**
     * Parses a text.
     *
     * @param field what the outside calls it, for example {@code aliases[2]}
     * @throws InvalidValueException if the parser refuses it; with this field, whatever the parser called it
     */
    public static <T> T parse(String field, String text, Function<String, ? extends T> parser) {
        try {
            return parser.apply(text);
        } catch (InvalidValueException e) {
            String message = String.valueOf(e.getMessage());
            String inner = e.field() + " ";
            throw new InvalidValueException(
                    field, message.startsWith(inner) ? message.substring(inner.length()) : message);
        }
    }

    /**
     * Reads a time in the form of RFC 3339, with any offset.
     *
     * @throws InvalidValueException if it has another form
     */
    public static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidValueException("time", "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /**
     * Reads a duration in the form of ISO 8601, in days or less.
     *
     * @throws InvalidValueException if it has another form
     */
    public static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidValueException("duration", "must be a duration such as PT30S, PT15M or P7D");
        }
    }

    /**
     * Reads {@code true} or {@code false}.
     *
     * @throws InvalidValueException if it is neither
     */
    public static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("value", "must be true or false");
        };
    }

    /**
     * Reads a whole number of 64 bits.
     *
     * @throws InvalidValueException if it is none
     */
    public static long longNumber(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("number", "must be a whole number");
        }
    }

    /**
     * Reads a whole number of 32 bits.
     *
     * @throws InvalidValueException if it is none
     */
    public static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("number", "must be a whole number");
        }
    }
}
