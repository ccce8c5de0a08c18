package io.aipanel.http.web;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The object that a request carries, already checked against its schema: asking for a field that the schema does not
 * have, or as something else than the schema says, is a mistake of the program. Values that are refused are named by
 * their whole path, for example {@code jobs[3].runAt}.
 */
public final class Body {

    /** A request without a body. */
    public static final Body NONE = new Body("", Map.of());

    private final String path;
    private final Map<String, @Nullable Object> values;
    private final Map<String, List<String>> fields;

    /**
     * @param path where the object stands, followed by a dot; empty for the outermost
     * @param values texts, numbers, booleans, {@link JsonText}s, bodies, lists of these, and nulls
     */
    Body(String path, Map<String, @Nullable Object> values) {
        this(path, values, Map.of());
    }

    private Body(String path, Map<String, @Nullable Object> values, Map<String, List<String>> fields) {
        this.path = path;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The fields of a form: the first of each name, and all of them as {@link #texts}. */
    public static Body ofForm(Map<String, List<String>> fields) {
        Map<String, @Nullable Object> first = new LinkedHashMap<>();
        fields.forEach((name, texts) -> first.put(name, texts.get(0)));
        return new Body("", first, fields);
    }

    /** Everything that a form has sent, in the order in which it came; empty for any other body. */
    public Map<String, List<String>> fields() {
        return fields;
    }

    /** Every field of a form with this name, in the order in which they came; empty if there is none. */
    public List<String> texts(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Whether a field is there, be it {@code null}. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A text.
     *
     * @throws InvalidValueException if it is not there, which only a form lets happen
     */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> new InvalidValueException(path + name, "must be given"));
    }

    /** A text; empty if it is not there. */
    public Optional<String> optionalText(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    /**
     * A text as a value.
     *
     * @throws InvalidValueException if the parser refuses it
     */
    public <T> T value(String name, Function<String, ? extends T> parser) {
        return Fields.parse(path + name, text(name), parser);
    }

    /**
     * A text as a value; empty if it is not there or {@code null}.
     *
     * @throws InvalidValueException if the parser refuses it
     */
    public <T> Optional<T> optional(String name, Function<String, ? extends T> parser) {
        return optionalText(name).map(text -> Fields.parse(path + name, text, parser));
    }

    /**
     * A text as a value; empty if it is not there, an empty one inside if it is {@code null}.
     *
     * @throws InvalidValueException if the parser refuses it
     */
    public <T> Optional<Optional<T>> nullable(String name, Function<String, ? extends T> parser) {
        return has(name) ? Optional.of(optional(name, parser)) : Optional.empty();
    }

    /**
     * A list of texts as values; empty if it is not there.
     *
     * @throws InvalidValueException if the parser refuses one; it is named by its place
     */
    public <T> Optional<List<T>> list(String name, Function<String, ? extends T> parser) {
        List<?> texts = (List<?>) values.get(name);
        if (texts == null) {
            return Optional.empty();
        }
        List<T> parsed = new ArrayList<>();
        for (Object text : texts) {
            parsed.add(Fields.parse(path + name + "[" + parsed.size() + "]", (String) text, parser));
        }
        return Optional.of(parsed);
    }

    /** A list of objects; empty if it is not there. */
    public Optional<List<Body>> objects(String name) {
        List<?> objects = (List<?>) values.get(name);
        return objects == null
                ? Optional.empty()
                : Optional.of(objects.stream().map(Body.class::cast).toList());
    }

    /** An object; empty if it is not there or {@code null}. */
    public Optional<Body> object(String name) {
        return Optional.ofNullable((Body) values.get(name));
    }

    /**
     * A whole number for a value that has far fewer than 32 bits: one that does not fit is out of its range either way, and
     * becomes the nearest that does. Empty if it is not there or {@code null}.
     */
    public Optional<Integer> number(String name) {
        return Optional.ofNullable((Long) values.get(name)).map(number ->
                (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number)));
    }

    /** A whole number of 64 bits; empty if it is not there or {@code null}. */
    public Optional<Long> longNumber(String name) {
        return Optional.ofNullable((Long) values.get(name));
    }

    /** True or false; empty if it is not there. */
    public Optional<Boolean> truth(String name) {
        return Optional.ofNullable((Boolean) values.get(name));
    }

    /** Any JSON, to the letter as it came; empty if it is not there. */
    public Optional<JsonText> json(String name) {
        return Optional.ofNullable((JsonText) values.get(name));
    }

    /**
     * A text, number or truth as text.
     *
     * @throws InvalidValueException if it is not there
     */
    public String scalar(String name) {
        return Optional.ofNullable(values.get(name))
                .map(Object::toString)
                .orElseThrow(() -> new InvalidValueException(path + name, "must be given"));
    }

    /**
     * Runs what makes a value out of this object, so that a refused part is named by its whole path.
     *
     * @throws InvalidValueException if the work throws one
     */
    public <T> T within(Function<Body, ? extends T> work) {
        if (path.isEmpty()) {
            return work.apply(this);
        }
        try {
            return work.apply(this);
        } catch (InvalidValueException e) {
            throw e.field().startsWith(path) ? e : renamed(e);
        }
    }

    private InvalidValueException renamed(InvalidValueException e) {
        String message = String.valueOf(e.getMessage());
        String inner = e.field() + " ";
        return new InvalidValueException(
                path + e.field(), message.startsWith(inner) ? message.substring(inner.length()) : message);
    }
}
