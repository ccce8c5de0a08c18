package io.aipanel.ports.storage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Text that stores tend to get wrong. */
public final class HostileTexts {

    /**
     * In code point order. U+FF5E and U+FFFD stand before the characters beyond U+FFFF, which an order by UTF-16 unit
     * puts after them; upper case stands before lower case, accents after z, decomposed before composed.
     */
    public static final List<String> IN_ORDER = List.of(
            " leading blank",
            "\"double\"",
            "%",
            "%41",
            "' OR '1'='1",
            "'; DROP TABLE users;--",
            "*",
            "-- comment",
            "/* comment */",
            "1",
            "10",
            "2",
            "?1",
            "A",
            "B",
            "Z",
            "\\",
            "\\' escaped",
            "\\u0041",
            "_",
            "`back tick`",
            "a",
            "a b",
            "aa",
            "e\u0301 decomposed",
            "null",
            "tab\tand\nline",
            "trailing blank ",
            "z",
            "\u007F",
            "\u00C4",
            "\u00DF",
            "\u00E9 composed",
            "\u0130",
            "\u0131",
            "\u05E9\u05DC\u05D5\u05DD",
            "\u0645\u0631\u062D\u0628\u0627",
            "\u200Bzero width",
            "\u202Eright to left",
            "\u4F60\u597D",
            "\uE000",
            "\uFEFFbyte order mark",
            "\uFF5E",
            "\uFFFD",
            "\uFFFE",
            "\uFFFF",
            "\uD800\uDC00",
            "\uD83D\uDE00",
            "\uD83D\uDE00\u200D",
            "\uDBFF\uDFFF");

    private HostileTexts() {}

    /** A generator for one test; its seed is printed, so that a failure can be repeated. */
    public static Random random(String test) {
        long seed = Long.getLong("panel.test.seed", System.nanoTime());
        System.out.println(test + ": seed " + seed + " (repeat with -Dpanel.test.seed=" + seed + ")");
        return new Random(seed);
    }

    /** Text of exactly so many UTF-8 bytes that no compression makes shorter to speak of. */
    public static String incompressible(Random random, int bytes) {
        StringBuilder text = new StringBuilder();
        int left = bytes;
        while (left > 0) {
            int codePoint = random.nextInt(0x21, 0x110000);
            if (!Character.isDefined(codePoint) || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
                continue;
            }
            String next = Character.toString(left < 4 ? random.nextInt('!', '~') : codePoint);
            text.append(next);
            left -= next.getBytes(StandardCharsets.UTF_8).length;
        }
        return text.toString();
    }
}
