package io.aipanel.domain;

/**
 * A value that breaks a rule of the domain. The message says what would be valid; {@link #field()} says which
 * value it was, in the spelling of the outside (camelCase).
 */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the name of the refused value, for example {@code hostName}
     * @param rule what a valid value looks like, as the end of a sentence that starts with the field's name
     */
    public InvalidValueException(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
    }

    /** The name of the refused value, for example {@code hostName}. */
    public String field() {
        return field;
    }
}
