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
import java.util.regex.Pattern;

/** Reads and writes JSON texts. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** What Jackson adds about where the text came from, which says nothing here. */
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*\\)");

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

    /** Writes a tree of maps, lists and values as JSON. */
    public static JsonText write(Object tree) {
        try {
            return new JsonText(MAPPER.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }
}
