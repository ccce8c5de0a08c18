package io.aipanel.http.pages;

import java.util.List;

/**
 * A field of a form.
 *
 * @param name what the form sends it as
 * @param label what it is called
 * @param type what it is for browsers ({@code text}, {@code password} and so on), or {@code textarea}, {@code select} for
 *     one of the options, {@code checkboxes} for any of them
 * @param autocomplete what browsers may fill in
 * @param values what is in it: one text, or what is chosen of the options
 * @param options what can be chosen, with what it is called
 * @param hint what to know before filling it in; may be empty
 * @param error what is wrong with what was filled in; may be empty
 */
public record Field(
        String name,
        String label,
        String type,
        String autocomplete,
        List<String> values,
        List<Option> options,
        String hint,
        String error) {

    /** Keeps its own copies of the lists. */
    public Field {
        values = List.copyOf(values);
        options = List.copyOf(options);
    }

    /**
     * What can be chosen.
     *
     * @param value what is sent
     * @param label what it is called
     */
    public record Option(String value, String label) {}

    /** An empty field. */
    public static Field of(String name, String label, String type, String autocomplete, String hint) {
        return new Field(name, label, type, autocomplete, List.of(), List.of(), hint, "");
    }

    /** A line of text that is nothing a browser knows. */
    public static Field text(String name, String label, String hint) {
        return of(name, label, "text", "off", hint);
    }

    /** Several lines of text. */
    public static Field textarea(String name, String label, String hint) {
        return of(name, label, "textarea", "off", hint);
    }

    /** One of several. */
    public static Field select(String name, String label, List<Option> options) {
        return new Field(name, label, "select", "off", List.of(), options, "", "");
    }

    /** Any of several. */
    public static Field checkboxes(String name, String label, List<Option> options, String hint) {
        return new Field(name, label, "checkboxes", "off", List.of(), options, hint, "");
    }

    /** The same field with something in it. */
    public Field filled(String newValue) {
        return filled(List.of(newValue));
    }

    /** The same field with these chosen. */
    public Field filled(List<String> newValues) {
        return new Field(name, label, type, autocomplete, newValues, options, hint, error);
    }

    /** The same field with something wrong. */
    Field wrong(String newError) {
        return new Field(name, label, type, autocomplete, values, options, hint, newError);
    }

    /** What is in it; empty if nothing is. */
    public String value() {
        return values.isEmpty() ? "" : values.get(0);
    }

    /** Whether an option is chosen. */
    public boolean has(Option option) {
        return values.contains(option.value());
    }

    /** The ids of what describes the field to a screen reader; empty if nothing does. */
    public String describedBy() {
        String hintId = hint.isEmpty() ? "" : name + "-hint";
        String errorId = error.isEmpty() ? "" : name + "-error";
        return (hintId + " " + errorId).strip();
    }
}
