package io.aipanel.domain.hosting;

import io.aipanel.domain.InvalidValueException;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a host in its ASCII form (RFC 1123 section 2.1, RFC 5891): lower case, without the final dot, each
 * international label as {@code xn--…}. Two spellings of one name are therefore equal.
 *
 * <p>The few characters that IDNA2003 and IDNA2008 understand differently (RFC 5895, UTS #46 section 7: ß, ς and the
 * two joiners) are refused rather than guessed: who wants one of them gives the label's ASCII form.
 *
 * @param value the ASCII form, 1 to 253 characters
 */
public record HostName(String value) implements Comparable<HostName> {

    private static final int MAX_LENGTH = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");
    private static final Pattern ADDRESS_END = Pattern.compile("(^|\\.)[0-9]+$");
    private static final Pattern DOTS = Pattern.compile("[.\u3002\uFF0E\uFF61]");

    /**
     * Turns any spelling into the ASCII form.
     *
     * @throws InvalidValueException if it is not the name of a host; the message says what is wrong with it
     */
    public HostName {
        value = toAscii(value);
    }

    /** The form for people: international labels in their own script. */
    public String toUnicode() {
        return IDN.toUnicode(value, IDN.ALLOW_UNASSIGNED);
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String toAscii(String given) {
        String name = Normalizer.normalize(given.strip(), Normalizer.Form.NFC);
        if (name.isEmpty()) {
            throw invalid("must not be empty");
        }
        // A name of the longest length has at most 127 labels; each character of it takes at least one of ours.
        if (name.length() > MAX_LENGTH + 1) {
            throw invalid("must be at most " + MAX_LENGTH + " characters long in its ASCII form");
        }
        if (AMBIGUOUS.matcher(name).find()) {
            throw invalid("holds a character that browsers and registries read in two ways (ß, ς or a joiner):"
                    + " give that label in its ASCII form (xn--…)");
        }
        String[] labels = DOTS.split(name, -1);
        int count = labels.length > 1 && labels[labels.length - 1].isEmpty() ? labels.length - 1 : labels.length;
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < count; i++) {
            ascii.append(i == 0 ? "" : ".").append(labelToAscii(labels[i]));
        }
        if (ascii.length() > MAX_LENGTH) {
            throw invalid("must be at most " + MAX_LENGTH + " characters long in its ASCII form");
        }
        if (ADDRESS_END.matcher(ascii).find()) {
            throw invalid("must be a name, not an address");
        }
        return ascii.toString();
    }

    private static String labelToAscii(String label) {
        if (label.isEmpty()) {
            throw invalid("must not have an empty label (two dots in a row, or one at the start)");
        }
        if (label.equals("*")) {
            throw invalid("must not be a wildcard: name each host");
        }
        String ascii;
        try {
            ascii = IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw invalid("has the label '" + label + "', which has no ASCII form of at most 63 characters");
        }
        if (!LABEL.matcher(ascii).matches()) {
            throw invalid("has the label '" + label
                    + "', which must be 1 to 63 letters, digits and hyphens and neither start nor end with a hyphen");
        }
        return ascii;
    }

    private static InvalidValueException invalid(String rule) {
        return new InvalidValueException("hostName", rule);
    }
}
