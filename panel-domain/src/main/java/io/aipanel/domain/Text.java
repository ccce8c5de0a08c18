package io.aipanel.domain;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * The rules for text that every store can hold and give back unchanged: valid Unicode without U+0000, because
 * PostgreSQL cannot hold that character, and bounded in UTF-8 bytes, because index entries are.
 */
public final class Text {

    /** The most UTF-8 bytes of a text that a store indexes. */
    public static final int INDEXED_BYTES = 512;

    /** The most UTF-8 bytes of a document, such as a payload or the details of an event: 1 MiB. */
    public static final int DOCUMENT_BYTES = 1 << 20;

    /** Orders by code point, as every store does; {@link String#compareTo} orders by UTF-16 unit instead. */
    public static final Comparator<String> BY_CODE_POINT = Text::compareCodePoints;

    private Text() {}

    /**
     * Checks a text that may be empty.
     *
     * @param field the name for the error message
     * @param value the text to check
     * @param maxBytes the most UTF-8 bytes allowed
     * @return the same text
     * @throws InvalidValueException if it holds U+0000 or half a surrogate pair, or is too long
     */
    public static String check(String field, String value, int maxBytes) {
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                throw new InvalidValueException(field, "must not contain the character U+0000 (at position " + i + ")");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!pair) {
                    throw new InvalidValueException(
                            field, "must be valid Unicode (half a character at position " + i + ")");
                }
                i++;
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > maxBytes) {
            throw new InvalidValueException(
                    field, "must be at most " + maxBytes + " bytes long in UTF-8 (it has " + bytes + ")");
        }
        return value;
    }

    /**
     * Checks a text that must hold at least one character that is not white space.
     *
     * @param field the name for the error message
     * @param value the text to check
     * @param maxBytes the most UTF-8 bytes allowed
     * @return the same text
     * @throws InvalidValueException if it is blank or {@link #check} refuses it
     */
    public static String required(String field, String value, int maxBytes) {
        if (value.isBlank()) {
            throw new InvalidValueException(field, "must not be empty");
        }
        return check(field, value, maxBytes);
    }

    /**
     * Shortens a text to a number of UTF-8 bytes without cutting a character, and replaces what a store refuses.
     * For text from outside that is kept as a courtesy, such as a browser's name or an error message.
     *
     * @param value any text
     * @param maxBytes the most UTF-8 bytes of the answer
     * @return text that {@link #check} accepts
     */
    public static String truncated(String value, int maxBytes) {
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < value.length(); ) {
            int codePoint = value.codePointAt(i);
            i += Character.charCount(codePoint);
            boolean refused = codePoint == 0 || (codePoint >= 0xD800 && codePoint <= 0xDFFF);
            String next = refused ? "\uFFFD" : Character.toString(codePoint);
            bytes += next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                break;
            }
            kept.append(next);
        }
        return kept.toString();
    }

    private static int compareCodePoints(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // Surrogates sort above every other unit, because they stand for code points above U+FFFF.
                boolean aHigh = Character.isSurrogate(a);
                boolean bHigh = Character.isSurrogate(b);
                return aHigh == bHigh ? Character.compare(a, b) : aHigh ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
