package io.aipanel.service.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.service.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The details of an event, put together one by one and kept in that order. Values are texts, numbers, booleans, and
 * lists or maps of them. Never put a secret here.
 */
public final class Details {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    private Details() {}

    /** No details yet. */
    public static Details none() {
        return new Details();
    }

    /** Details with a first value. */
    public static Details of(String name, @Nullable Object value) {
        return none().and(name, value);
    }

    /** Adds a value; an empty {@link Optional} is left out. */
    public Details and(String name, @Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> values.put(name, present));
        } else {
            values.put(name, value);
        }
        return this;
    }

    /** The values by name. */
    public Map<String, @Nullable Object> toMap() {
        return values;
    }

    /** The values as a JSON object. */
    public JsonText toJson() {
        return Json.write(values);
    }
}
