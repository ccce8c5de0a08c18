package io.aipanel.http.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON texts by their schema, in one pass and without guessing: a number is no text, 1.0 is no whole number, a
 * field that the schema does not have is refused, and so is one that comes twice. Parts that may be any JSON are kept to
 * the letter. Every refusal names the field by its whole path.
 */
public final class JsonBodies {

    /** How deep objects and lists may be nested. */
    static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonBodies() {}

    /**
     * Reads a text.
     *
     * @throws InvalidValueException if it is not JSON, with the place where it ends to be; or if it is not what the schema
     *     says, with the field
     */
    public static Body read(String text, Schema schema) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new InvalidValueException("body", "must be a JSON object; it is empty");
            }
            Object value = new Reader(parser, text).value(schema, "");
            if (parser.nextToken() != null) {
                throw new InvalidValueException("body", "must be one JSON object; something follows it");
            }
            return (Body) value;
        } catch (JsonProcessingException e) {
            throw new InvalidValueException("body", "must be JSON (" + Json.reason(e) + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    private record Reader(JsonParser parser, String text) {

        Object value(Schema schema, String path) throws IOException {
            if (schema instanceof Schema.ObjectOf object) {
                return object(List.of(object), path);
            }
            if (schema instanceof Schema.OneOf oneOf) {
                return object(oneOf.alternatives(), path);
            }
            if (schema instanceof Schema.ListOf list) {
                return list(list.items(), path);
            }
            if (schema instanceof Schema.AnyJson) {
                return raw(path);
            }
            return scalar(schema, path);
        }

        private Body object(List<Schema.ObjectOf> alternatives, String path) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidValueException(nameOf(path), "must be an object");
            }
            String prefix = path.isEmpty() ? "" : path + ".";
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                Schema.Field field = alternatives.stream()
                        .flatMap(alternative -> alternative.field(name).stream())
                        .findFirst()
                        .orElseThrow(() -> unknown(prefix, name, alternatives));
                parser.nextToken();
                values.put(name, field(field, prefix + name));
            }
            requireOne(alternatives, values, prefix);
            return new Body(prefix, values);
        }

        private @Nullable Object field(Schema.Field field, String path) throws IOException {
            // Any JSON may be null, and is then the text "null".
            if (parser.currentToken() != JsonToken.VALUE_NULL || field.schema() instanceof Schema.AnyJson) {
                return value(field.schema(), path);
            }
            if (!field.nullable()) {
                throw new InvalidValueException(path, "must not be null");
            }
            return null;
        }

        private List<Object> list(Schema items, String path) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new InvalidValueException(nameOf(path), "must be a list");
            }
            List<Object> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(items, path + "[" + values.size() + "]"));
            }
            return values;
        }

        private JsonText raw(String path) throws IOException {
            int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
            parser.skipChildren();
            parser.finishToken();
            int end = Math.toIntExact(parser.currentLocation().getCharOffset());
            return Fields.parse(path, text.substring(start, end).strip(), JsonText::new);
        }

        private Object scalar(Schema schema, String path) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_STRING && (schema instanceof Schema.Text || schema instanceof Schema.Scalar)) {
                return parser.getText();
            }
            if (token.isBoolean() && (schema instanceof Schema.Truth || schema instanceof Schema.Scalar)) {
                return parser.getBooleanValue();
            }
            if (token == JsonToken.VALUE_NUMBER_INT
                    && (schema instanceof Schema.WholeNumber || schema instanceof Schema.Scalar)) {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw new InvalidValueException(nameOf(path), "must be a whole number of at most 64 bits");
                }
                return parser.getLongValue();
            }
            throw new InvalidValueException(nameOf(path), "must be " + expected(schema));
        }

        private static void requireOne(
                List<Schema.ObjectOf> alternatives, Map<String, @Nullable Object> values, String prefix) {
            Schema.ObjectOf meant = alternatives.stream()
                    .filter(alternative -> values.keySet().stream()
                            .allMatch(name -> alternative.field(name).isPresent()))
                    .findFirst()
                    .orElseThrow(() -> apart(alternatives, values, prefix));
            for (Schema.Field field : meant.fields()) {
                if (field.required() && !values.containsKey(field.name())) {
                    throw new InvalidValueException(prefix + field.name(), "must be given");
                }
            }
        }

        /** Fields of two alternatives came together: names the first that does not go with the first of all. */
        private static InvalidValueException apart(
                List<Schema.ObjectOf> alternatives, Map<String, @Nullable Object> values, String prefix) {
            String first = values.keySet().iterator().next();
            Schema.ObjectOf owner = alternatives.stream()
                    .filter(alternative -> alternative.field(first).isPresent())
                    .findFirst()
                    .orElseThrow();
            String stranger = values.keySet().stream()
                    .filter(name -> owner.field(name).isEmpty())
                    .findFirst()
                    .orElseThrow();
            return new InvalidValueException(prefix + stranger, "must not be given together with " + first);
        }

        private static InvalidValueException unknown(String prefix, String name, List<Schema.ObjectOf> alternatives) {
            String known = String.join(
                    ", ",
                    alternatives.stream()
                            .flatMap(alternative -> alternative.fields().stream())
                            .map(Schema.Field::name)
                            .distinct()
                            .toList());
            String shown = io.aipanel.domain.Text.truncated(name, 100);
            return new InvalidValueException(prefix + shown, "is not a field here; there are " + known);
        }

        private static String nameOf(String path) {
            return path.isEmpty() ? "body" : path;
        }

        private static String expected(Schema schema) {
            if (schema instanceof Schema.WholeNumber) {
                return "a whole number";
            }
            if (schema instanceof Schema.Truth) {
                return "true or false";
            }
            return schema instanceof Schema.Scalar ? "a text, a whole number, true or false" : "a text";
        }
    }
}
