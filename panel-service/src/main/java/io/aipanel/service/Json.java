package io.aipanel.service;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Reads and writes JSON texts. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** What Jackson adds about where the text came from, which says nothing here. */
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*\\)");

    /** What is less is nothing; with more, even a plain number would be written with an exponent. */
    private static final int MOST_DECIMALS = 6;

    private Json() {}

    /**
     * Checks that a text really is JSON (RFC 8259).
     *
     * @param field the name for the error message
     * @param text the text to check
     * @return the same text
     * @throws InvalidValueException if it is not; the message says where
     */
    public static JsonText requireValid(String field, JsonText text) {
        if (text.equals(JsonText.EMPTY_OBJECT)) {
            return text;
        }
        try (JsonParser parser = MAPPER.createParser(text.value())) {
            if (parser.nextToken() == null) {
                throw new InvalidValueException(field, "must be JSON");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new InvalidValueException(
                        field,
                        "must be one JSON value (another one begins at " + place(parser.currentTokenLocation()) + ")");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new InvalidValueException(field, "must be JSON (" + reason(e) + ")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a text stops being JSON, and why. */
    public static String reason(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        String why = START_MARKER.matcher(failure.getOriginalMessage()).replaceAll("");
        return place == null ? why : place(place) + ": " + why;
    }

    private static String place(JsonLocation place) {
        return "line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /**
     * A measured number as JSON has it: with six digits, which is more than any measurement is worth, or to the whole; never
     * with an exponent, which people do not like to read and shells cannot.
     */
    public static BigDecimal number(double measured) {
        BigDecimal rounded = Math.abs(measured) < 1e6
                ? new BigDecimal(measured, new MathContext(6))
                : BigDecimal.valueOf(Math.round(measured));
        BigDecimal bounded = rounded.setScale(Math.min(rounded.scale(), MOST_DECIMALS), RoundingMode.HALF_UP);
        BigDecimal stripped = bounded.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Writes a tree of maps, lists and values as JSON. */
    public static JsonText write(Object tree) {
        try {
            return new JsonText(MAPPER.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }
}
