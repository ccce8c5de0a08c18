package io.aipanel.http.pages;

/**
 * A field of a form.
 *
 * @param name what the form sends it as
 * @param label what it is called
 * @param type what browsers may know about it, for example {@code password}
 * @param autocomplete what browsers may fill in
 * @param value what is in it
 * @param hint what to know before filling it in; may be empty
 * @param error what is wrong with what was filled in; may be empty
 */
record Field(String name, String label, String type, String autocomplete, String value, String hint, String error) {

    /** An empty field. */
    static Field of(String name, String label, String type, String autocomplete, String hint) {
        return new Field(name, label, type, autocomplete, "", hint, "");
    }

    /** The same field with something in it. */
    Field filled(String newValue) {
        return new Field(name, label, type, autocomplete, newValue, hint, error);
    }

    /** The same field with something wrong. */
    Field wrong(String newError) {
        return new Field(name, label, type, autocomplete, value, hint, newError);
    }

    /** The ids of what describes the field to a screen reader; empty if nothing does. */
    String describedBy() {
        String hintId = hint.isEmpty() ? "" : name + "-hint";
        String errorId = error.isEmpty() ? "" : name + "-error";
        return (hintId + " " + errorId).strip();
    }
}
