package io.aipanel.http.openapi;

import io.aipanel.http.web.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes schemas in the words of JSON Schema (2020-12), and collects those that have a name. */
final class JsonSchemas {

    private final Map<String, Schema> known = new TreeMap<>();
    private final Map<String, Object> written = new TreeMap<>();

    /** The schemas that have a name, by it. */
    Map<String, Object> named() {
        return written;
    }

    /**
     * A schema, or a reference to it if it has a name.
     *
     * @throws IllegalArgumentException if two different schemas have the same name
     */
    Map<String, Object> of(Schema schema) {
        if (schema instanceof Schema.Text text) {
            Map<String, Object> json = typed("string");
            text.format().ifPresent(format -> json.put("format", format));
            if (!text.allowed().isEmpty()) {
                json.put("enum", text.allowed());
            }
            return json;
        }
        if (schema instanceof Schema.WholeNumber) {
            Map<String, Object> json = typed("integer");
            json.put("format", "int64");
            return json;
        }
        if (schema instanceof Schema.Decimal) {
            return typed("number");
        }
        if (schema instanceof Schema.Truth) {
            return typed("boolean");
        }
        if (schema instanceof Schema.Scalar) {
            return typed(List.of("string", "integer", "boolean"));
        }
        if (schema instanceof Schema.ListOf list) {
            Map<String, Object> json = typed("array");
            json.put("items", of(list.items()));
            return json;
        }
        if (schema instanceof Schema.OneOf oneOf) {
            return new LinkedHashMap<>(Map.of(
                    "oneOf", oneOf.alternatives().stream().map(this::reference).toList()));
        }
        return schema instanceof Schema.ObjectOf object ? reference(object) : new LinkedHashMap<>();
    }

    /**
     * A reference to an object.
     *
     * @throws IllegalArgumentException if another one has the same name
     */
    Map<String, Object> reference(Schema.ObjectOf object) {
        Schema before = known.put(object.name(), object);
        if (before != null && !before.equals(object)) {
            throw new IllegalArgumentException("there are two schemas named " + object.name());
        }
        if (before == null) {
            written.put(object.name(), write(object));
        }
        return new LinkedHashMap<>(Map.of("$ref", "#/components/schemas/" + object.name()));
    }

    private Map<String, Object> write(Schema.ObjectOf object) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Schema.Field field : object.fields()) {
            Map<String, Object> json = field.nullable() ? orNull(of(field.schema())) : of(field.schema());
            if (!field.description().isEmpty()) {
                json.put("description", field.description());
            }
            properties.put(field.name(), json);
            if (field.required()) {
                required.add(field.name());
            }
        }
        Map<String, Object> json = typed("object");
        json.put("properties", properties);
        if (!required.isEmpty()) {
            json.put("required", required);
        }
        return json;
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.isEmpty()) {
            return schema;
        }
        return new LinkedHashMap<>(Map.of("anyOf", List.of(schema, typed("null"))));
    }

    private static Map<String, Object> typed(Object type) {
        return new LinkedHashMap<>(Map.of("type", type));
    }
}
