package io.aipanel.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;

/** Reads and writes JSON texts. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
        try {
            JsonNode node = MAPPER.readTree(text.value());
            if (!node.isMissingNode()) {
                return text;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidValueException(
                    field,
                    "must be JSON (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage() + ")");
        }
        throw new InvalidValueException(field, "must be JSON");
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
