package io.aipanel.http.web;

import io.aipanel.domain.JsonText;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes answers by looking at the records that are rendered, so that the description is what is sent. A record
 * {@code SiteView} is called {@code Site}; every component is there; those marked {@link Nullable} may be null.
 */
public final class ViewSchemas {

    private ViewSchemas() {}

    /**
     * The schema of a record's JSON.
     *
     * @throws IllegalArgumentException if a component has a type that answers are not made of
     */
    public static Schema.ObjectOf of(Class<? extends Record> view) {
        List<Schema.Field> fields = new ArrayList<>();
        for (RecordComponent component : view.getRecordComponents()) {
            AnnotatedType type = component.getAnnotatedType();
            boolean nullable = type.isAnnotationPresent(Nullable.class);
            fields.add(new Schema.Field(component.getName(), schema(type), true, nullable, ""));
        }
        return new Schema.ObjectOf(view.getSimpleName().replaceFirst("View$", ""), List.copyOf(fields));
    }

    /** The schema of a page of a list of such records. */
    public static Schema listing(Class<? extends Record> view) {
        return Schema.listing(of(view));
    }

    private static Schema schema(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedParameterizedType list
                && ((ParameterizedType) type).getRawType() == List.class) {
            return Schema.listOf(schema(list.getAnnotatedActualTypeArguments()[0]));
        }
        if (type == String.class) {
            return Schema.text();
        }
        if (type == Instant.class) {
            return Schema.time();
        }
        if (type == Duration.class) {
            return Schema.duration();
        }
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return Schema.wholeNumber();
        }
        if (type == double.class || type == Double.class) {
            return Schema.decimal();
        }
        if (type == boolean.class) {
            return Schema.truth();
        }
        if (type == JsonText.class) {
            return Schema.anyJson();
        }
        if (type == Object.class) {
            return Schema.scalar();
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return Schema.oneOfTexts(Stream.of(plain.getEnumConstants())
                    .map(constant -> WireNames.of((Enum<?>) constant))
                    .toList());
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return of(plain.asSubclass(Record.class));
        }
        throw new IllegalArgumentException("answers are not made of " + type);
    }
}
