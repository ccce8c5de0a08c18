package io.aipanel.service.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a line of an export, each of which comes once. For one thread. */
final class ExportFields {

    /** The field whose value may be any JSON, and is kept to the letter. */
    private static final String DETAILS = "details";

    /** Details are as deep, and their numbers as long, as whoever recorded them has made them. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Text.DOCUMENT_BYTES)
                    .maxNumberLength(Text.DOCUMENT_BYTES)
                    .build())
            .build();

    private final Map<String, @Nullable Object> values;

    private ExportFields(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /**
     * Reads a line.
     *
     * @throws InvalidValueException ({@code line}) if it is no JSON object; with the field if one comes twice or has a value
     *     that none has
     */
    static ExportFields read(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidValueException("line", "is no JSON object");
            }
            ExportFields fields =
                    object(parser, name -> name.equals(DETAILS) ? raw(parser, line) : value(parser, name));
            if (parser.nextToken() != null) {
                throw new InvalidValueException("line", "has something after the JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new InvalidValueException(
                    "line",
                    "is not JSON, or only the beginning of it"
                            + (place == null ? "" : " (see column " + place.getColumnNr() + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    /** Whether a field is there. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * Requires that there are no others.
     *
     * @throws InvalidValueException if there are
     */
    void requireOnly(String... names) {
        Set<String> others = new HashSet<>(values.keySet());
        others.removeAll(Set.of(names));
        others.stream().sorted().findFirst().ifPresent(name -> {
            throw new InvalidValueException(Text.truncated(name, 100), "is no field of such a line");
        });
    }

    /**
     * @throws InvalidValueException if it is something else, or missing
     */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> new InvalidValueException(name, "must be there"));
    }

    /**
     * Empty if it is {@code null} or missing.
     *
     * @throws InvalidValueException if it is something else
     */
    Optional<String> optionalText(String name) {
        Object value = values.get(name);
        if (value != null && !(value instanceof String)) {
            throw new InvalidValueException(name, "must be a text");
        }
        return Optional.ofNullable((String) value);
    }

    /**
     * @throws InvalidValueException if it is something else, or missing
     */
    long number(String name) {
        if (values.get(name) instanceof Long number) {
            return number;
        }
        throw new InvalidValueException(name, "must be a whole number");
    }

    /**
     * @throws InvalidValueException if it is something else, or missing
     */
    List<String> texts(String name) {
        if (values.get(name) instanceof Texts texts) {
            return texts.items();
        }
        throw new InvalidValueException(name, "must be a list of texts");
    }

    /**
     * @throws InvalidValueException if it is something else, or missing
     */
    List<ExportFields> objects(String name) {
        if (values.get(name) instanceof Inner objects) {
            return objects.items();
        }
        throw new InvalidValueException(name, "must be a list of objects");
    }

    /** Goes on to the end of the object that has begun. */
    private static ExportFields object(JsonParser parser, ValueReader reader) throws IOException {
        Map<String, @Nullable Object> values = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (values.containsKey(name)) {
                throw new InvalidValueException(Text.truncated(name, 100), "comes twice");
            }
            parser.nextToken();
            values.put(name, reader.value(name));
        }
        return new ExportFields(values);
    }

    private static @Nullable Object value(JsonParser parser, String name) throws IOException {
        return parser.currentToken() == JsonToken.START_ARRAY ? list(parser, name) : single(parser, name);
    }

    /** All texts, or all objects that have no lists of their own. */
    private static Object list(JsonParser parser, String name) throws IOException {
        List<String> texts = new ArrayList<>();
        List<ExportFields> objects = new ArrayList<>();
        JsonToken next = parser.nextToken();
        while (next == JsonToken.VALUE_STRING || next == JsonToken.START_OBJECT) {
            if (next == JsonToken.VALUE_STRING) {
                texts.add(parser.getText());
            } else {
                objects.add(object(parser, inner -> single(parser, inner)));
            }
            next = parser.nextToken();
        }
        if (next != JsonToken.END_ARRAY || !texts.isEmpty() && !objects.isEmpty()) {
            throw impossible(name);
        }
        return objects.isEmpty() ? new Texts(texts) : new Inner(objects);
    }

    private static @Nullable Object single(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        throw impossible(name);
    }

    private static InvalidValueException impossible(String name) {
        return new InvalidValueException(Text.truncated(name, 100), "has a value that it cannot have");
    }

    private static String raw(JsonParser parser, String line) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        parser.skipChildren();
        parser.finishToken();
        int end = Math.toIntExact(parser.currentLocation().getCharOffset());
        return line.substring(start, end).strip();
    }

    private record Texts(List<String> items) {}

    private record Inner(List<ExportFields> items) {}

    /** Reads the value that the parser is at. */
    @FunctionalInterface
    private interface ValueReader {
        @Nullable
        Object value(String name) throws IOException;
    }
}
