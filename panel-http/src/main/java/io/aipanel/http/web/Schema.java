package io.aipanel.http.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a JSON value must look like. One schema both checks what comes in and describes it in the API's document
 * ({@code openapi}), so the two cannot disagree.
 */
public sealed interface Schema {

    /**
     * A text.
     *
     * @param format what kind of text, in the words of JSON Schema, for example {@code date-time}
     * @param allowed the only texts there are; empty if there is no such list
     */
    record Text(Optional<String> format, List<String> allowed) implements Schema {}

    /** A whole number of 64 bits. */
    record WholeNumber() implements Schema {}

    /** Any number; only in answers: what is asked for is counted in whole ones. */
    record Decimal() implements Schema {}

    /** True or false. */
    record Truth() implements Schema {}

    /** A text, a whole number, true or false. */
    record Scalar() implements Schema {}

    /** Any JSON at all, kept to the letter. */
    record AnyJson() implements Schema {}

    /**
     * A list.
     *
     * @param items what every item must look like
     */
    record ListOf(Schema items) implements Schema {}

    /**
     * An object.
     *
     * @param name what the API's document calls it
     * @param fields the fields there are
     */
    record ObjectOf(String name, List<Field> fields) implements Schema {

        /** The field with a name. */
        Optional<Field> field(String wanted) {
            return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
        }
    }

    /**
     * One of several objects, told apart by their fields.
     *
     * @param alternatives the objects
     */
    record OneOf(List<ObjectOf> alternatives) implements Schema {}

    /**
     * A field of an object.
     *
     * @param name its name
     * @param schema what its value must look like
     * @param required whether it must be there
     * @param nullable whether it may be {@code null}
     * @param description what it is, as one sentence; may be empty
     */
    record Field(String name, Schema schema, boolean required, boolean nullable, String description) {}

    /** Any text. */
    static Schema text() {
        return new Text(Optional.empty(), List.of());
    }

    /** A text of a certain kind, in the words of JSON Schema. */
    static Schema text(String format) {
        return new Text(Optional.of(format), List.of());
    }

    /** A time (RFC 3339). */
    static Schema time() {
        return text("date-time");
    }

    /** A duration (ISO 8601). */
    static Schema duration() {
        return text("duration");
    }

    /** The name of a constant of an enumeration. */
    static Schema nameOf(Class<? extends Enum<?>> type) {
        return oneOfTexts(WireNames.all(type));
    }

    /** One of these texts. */
    static Schema oneOfTexts(List<String> allowed) {
        return new Text(Optional.empty(), allowed);
    }

    /** A whole number of 64 bits. */
    static Schema wholeNumber() {
        return new WholeNumber();
    }

    /** Any number. */
    static Schema decimal() {
        return new Decimal();
    }

    /** True or false. */
    static Schema truth() {
        return new Truth();
    }

    /** A text, a whole number, true or false. */
    static Schema scalar() {
        return new Scalar();
    }

    /** Any JSON at all. */
    static Schema anyJson() {
        return new AnyJson();
    }

    /** A list. */
    static Schema listOf(Schema items) {
        return new ListOf(items);
    }

    /** A page of a list, as {@link Listing} shows it. */
    static Schema listing(Schema.ObjectOf items) {
        return object(items.name() + "List")
                .required("items", listOf(items), "The items")
                .nullable("nextCursor", text(), "What to give as cursor for the next page; null after the last one")
                .build();
    }

    /** Starts to describe an object. */
    static ObjectBuilder object(String name) {
        return new ObjectBuilder(name);
    }

    /** Puts an object together. */
    final class ObjectBuilder {
        private final String name;
        private final List<Field> fields = new ArrayList<>();

        private ObjectBuilder(String name) {
            this.name = name;
        }

        /** A field that must be there. */
        public ObjectBuilder required(String field, Schema schema, String description) {
            fields.add(new Field(field, schema, true, false, description));
            return this;
        }

        /** A field that may be left out. */
        public ObjectBuilder optional(String field, Schema schema, String description) {
            fields.add(new Field(field, schema, false, false, description));
            return this;
        }

        /** A field that may be left out or be {@code null}. */
        public ObjectBuilder nullable(String field, Schema schema, String description) {
            fields.add(new Field(field, schema, false, true, description));
            return this;
        }

        /** The object. */
        public ObjectOf build() {
            return new ObjectOf(name, List.copyOf(fields));
        }
    }
}
