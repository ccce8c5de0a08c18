package io.aipanel.domain.iam;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address as the panel compares it: composed (NFC) and in lower case, so that one person cannot have two
 * accounts that differ only in spelling. RFC 5321 (section 2.4) lets hosts tell the case of the local part apart;
 * none that people use does.
 *
 * @param value the normalised address, at most 254 UTF-8 bytes (RFC 3696, erratum 1690)
 */
public record EmailAddress(String value) {

    private static final int MAX_BYTES = 254;
    /** No white space, control or invisible character of any script, and nothing that separates addresses. */
    private static final String PART = "[^@\\s\\p{Z}\\p{Cc}\\p{Cf}<>(),;:\"\\[\\]\\\\]+";

    private static final Pattern SHAPE = Pattern.compile(PART + "@" + PART);

    /**
     * @throws InvalidValueException if it is not of the form {@code name@host}
     */
    public EmailAddress {
        value = composed(
                composed(Text.required("email", value.strip(), MAX_BYTES)).toLowerCase(Locale.ROOT));
        Text.check("email", value, MAX_BYTES);
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException("email", "must be an address such as anna@example.com");
        }
    }

    @Override
    public String toString() {
        return value;
    }

    /** Needed before and after lower case: some capitals become a letter and a mark that compose with what follows. */
    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
