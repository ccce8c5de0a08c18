package io.aipanel.http.pages;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A form.
 *
 * @param action where it is sent
 * @param button what sends it
 * @param fields what is filled in
 * @param hidden what is sent besides, by name
 * @param error what is wrong with it as a whole; may be empty
 */
public record Form(String action, String button, List<Field> fields, Map<String, String> hidden, String error) {

    /** Keeps its own copies. */
    public Form {
        fields = List.copyOf(fields);
        hidden = Map.copyOf(hidden);
    }

    /** A form that nobody has filled in yet. */
    public static Form of(String action, String button, Field... fields) {
        return new Form(action, button, List.of(fields), Map.of(), "");
    }

    /** The same form, which sends something that nobody fills in. */
    public Form with(String name, String value) {
        Map<String, String> more = new TreeMap<>(hidden);
        more.put(name, value);
        return new Form(action, button, fields, more, error);
    }

    /** The same form with something in a field. */
    public Form with(String name, List<String> values) {
        List<Field> filled = new ArrayList<>();
        fields.forEach(field -> filled.add(field.name().equals(name) ? field.filled(values) : field));
        return new Form(action, button, filled, hidden, error);
    }

    /** The same form as it was sent; passwords are not shown again. */
    public Form filled(Body sent) {
        List<Field> filled = new ArrayList<>();
        fields.forEach(
                field -> filled.add(field.type().equals("password") ? field : field.filled(sent.texts(field.name()))));
        Map<String, String> kept = new TreeMap<>(hidden);
        hidden.forEach((name, value) -> kept.put(name, sent.optionalText(name).orElse(value)));
        return new Form(action, button, filled, kept, error);
    }

    /** The same form with what is wrong, next to its field. */
    public Form refused(InvalidValueException refusal) {
        String message = String.valueOf(refusal.getMessage());
        String rule = message.startsWith(refusal.field() + " ")
                ? message.substring(refusal.field().length() + 1)
                : message;
        // Lists name the item that is wrong; the form has one field for them all.
        String field = refusal.field().replaceFirst("\\[.*", "");
        return refused(Optional.of(field), capitalised(rule), message);
    }

    /** The same form with what is wrong, next to its field if it is one's. */
    public Form refused(Refusal refusal) {
        String message = String.valueOf(refusal.getMessage());
        return refused(refusal.field(), message, message);
    }

    /** The same form with what is wrong, next to a field if it has that one. */
    public Form refused(Optional<String> field, String message) {
        return refused(field, capitalised(message), capitalised(message));
    }

    private Form refused(Optional<String> name, String nextToField, String otherwise) {
        boolean known = name.isPresent()
                && fields.stream().anyMatch(field -> field.name().equals(name.get()));
        if (!known) {
            return new Form(action, button, fields, hidden, otherwise);
        }
        List<Field> marked = fields.stream()
                .map(field -> field.name().equals(name.get()) ? field.wrong(nextToField) : field)
                .toList();
        return new Form(action, button, marked, hidden, "");
    }

    private static String capitalised(String rule) {
        if (rule.isEmpty()) {
            return rule;
        }
        String sentence = Character.toUpperCase(rule.charAt(0)) + rule.substring(1);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
