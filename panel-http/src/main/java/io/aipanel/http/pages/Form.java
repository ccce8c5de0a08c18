package io.aipanel.http.pages;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * A form.
 *
 * @param action where it is sent
 * @param button what sends it
 * @param fields what is filled in
 * @param error what is wrong with it as a whole; may be empty
 */
record Form(String action, String button, List<Field> fields, String error) {

    /** A form that nobody has filled in yet. */
    static Form of(String action, String button, Field... fields) {
        return new Form(action, button, List.of(fields), "");
    }

    /** The same form as it was sent; passwords are not shown again. */
    Form filled(Body sent) {
        List<Field> filled = fields.stream()
                .map(field -> field.type().equals("password")
                        ? field
                        : field.filled(sent.optionalText(field.name()).orElse("")))
                .toList();
        return new Form(action, button, filled, error);
    }

    /** The same form with what is wrong, next to its field. */
    Form refused(InvalidValueException refusal) {
        String message = String.valueOf(refusal.getMessage());
        String rule = message.startsWith(refusal.field() + " ")
                ? message.substring(refusal.field().length() + 1)
                : message;
        return refused(Optional.of(refusal.field()), capitalised(rule), message);
    }

    /** The same form with what is wrong, next to its field if it is one's. */
    Form refused(Refusal refusal) {
        String message = String.valueOf(refusal.getMessage());
        return refused(refusal.field(), message, message);
    }

    private Form refused(Optional<String> name, String nextToField, String otherwise) {
        boolean known = name.isPresent()
                && fields.stream().anyMatch(field -> field.name().equals(name.get()));
        if (!known) {
            return new Form(action, button, fields, otherwise);
        }
        List<Field> marked = fields.stream()
                .map(field -> field.name().equals(name.get()) ? field.wrong(nextToField) : field)
                .toList();
        return new Form(action, button, marked, "");
    }

    private static String capitalised(String rule) {
        return rule.isEmpty() ? rule : Character.toUpperCase(rule.charAt(0)) + rule.substring(1) + ".";
    }
}
