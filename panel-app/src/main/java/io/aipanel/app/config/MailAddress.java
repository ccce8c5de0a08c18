package io.aipanel.app.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that mail is sent to or from, as every mail server takes it: ASCII without quotes, comments, or a name. Its case
 * is kept, because that is the receiving server's to judge.
 *
 * @param value for example {@code operator@example.com}, at most 254 characters
 */
public record MailAddress(String value) {

    private static final int MAX_LENGTH = 254;

    /** A dot-atom on both sides (RFC 5322, section 3.4.1): nothing in it could end a line, or begin another address. */
    private static final Pattern SHAPE = Pattern.compile(
            atoms("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+") + "@" + atoms("[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"));

    /** The address that a text means; empty if it means none. */
    static Optional<MailAddress> parse(String text) {
        return text.length() <= MAX_LENGTH && SHAPE.matcher(text).matches()
                ? Optional.of(new MailAddress(text))
                : Optional.empty();
    }

    private static String atoms(String atom) {
        return atom + "(?:\\." + atom + ")*";
    }

    @Override
    public String toString() {
        return value;
    }
}
