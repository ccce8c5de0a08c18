package io.aipanel.domain;

/**
 * A JSON text (RFC 8259), kept to the letter as it was given. That it really is JSON is checked where it enters
 * the panel; a store only carries it.
 *
 * @param value the text, at most {@link Text#DOCUMENT_BYTES} bytes in UTF-8, without U+0000
 */
public record JsonText(String value) {

    /** The empty object, for "nothing to say". */
    public static final JsonText EMPTY_OBJECT = new JsonText("{}");

    /**
     * @throws InvalidValueException if the text is blank, too long or not valid Unicode
     */
    public JsonText {
        Text.required("json", value, Text.DOCUMENT_BYTES);
    }
}
