package io.aipanel.domain.settings;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the text of a setting becomes a value.
 *
 * @param name what the outside calls the type
 * @param parser turns a valid text into a value
 */
public record SettingType<T>(String name, Parser<T> parser) {

    /** Any text of up to 4096 UTF-8 bytes. */
    public static final SettingType<String> TEXT =
            new SettingType<>("text", (field, text) -> Text.check(field, text, 4096));

    /** {@code true} or {@code false}. */
    public static final SettingType<Boolean> BOOLEAN = new SettingType<>("boolean", (field, text) -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new InvalidValueException(field, "must be true or false");
    });

    /** A whole number of 64 bits. */
    public static final SettingType<Long> INTEGER = new SettingType<>("integer", (field, text) -> {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException(field, "must be a whole number");
        }
    });

    /** A number in decimal notation, for example {@code 0.8}. */
    public static final SettingType<Double> NUMBER = new SettingType<>("number", (field, text) -> {
        try {
            double number = new BigDecimal(text).doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new InvalidValueException(field, "must be a number such as 0.8 or 500");
    });

    /** A duration that is not negative, in ISO 8601's form, for example {@code PT30M}. */
    public static final SettingType<Duration> DURATION = new SettingType<>("duration", (field, text) -> {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // told below
        }
        throw new InvalidValueException(field, "must be a duration such as PT30M (30 minutes) or PT12H");
    });

    /** Words separated by commas; white space around them and empty ones are dropped. */
    public static final SettingType<List<String>> LIST = new SettingType<>(
            "list",
            (field, text) -> Stream.of(Text.check(field, text, 4096).split(","))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList());

    /** Turns the text of a setting into a value. */
    @FunctionalInterface
    public interface Parser<T> {
        /**
         * @param field the setting's name, for the error message
         * @param text the text
         * @throws InvalidValueException if the text is not valid; the message says what would be
         */
        T parse(String field, String text);
    }
}
