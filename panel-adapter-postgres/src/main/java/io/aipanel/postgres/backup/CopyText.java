package io.aipanel.postgres.backup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values in PostgreSQL's text format for COPY: a backslash stands before what would be taken for something else. */
final class CopyText {

    private static final String NULL = "\\N";

    /** What the letter after a backslash stands for, at the same place. */
    private static final String LETTERS = "bfnrtv\\";

    private static final String MEANT = "\b\f\n\r\t\u000b\\";

    private CopyText() {}

    /**
     * Reads a value.
     *
     * @param line where it is, from {@code from} to before {@code to}
     * @return null if it is null
     * @throws BrokenCopy if it is none that PostgreSQL writes
     */
    static @Nullable String read(byte[] line, int from, int to) throws BrokenCopy {
        int escape = escape(line, from, to);
        if (escape == to) {
            return new String(line, from, to - from, StandardCharsets.UTF_8);
        }
        if (to - from == 2 && line[from] == '\\' && line[from + 1] == 'N') {
            return null;
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream(to - from);
        int done = from;
        while (escape < to) {
            value.write(line, done, escape - done);
            int letter = escape + 1 < to ? LETTERS.indexOf(line[escape + 1]) : -1;
            if (letter < 0) {
                throw new BrokenCopy("has a value with a backslash that stands for nothing");
            }
            value.write(MEANT.charAt(letter));
            done = escape + 2;
            escape = escape(line, done, to);
        }
        value.write(line, done, to - done);
        return value.toString(StandardCharsets.UTF_8);
    }

    private static int escape(byte[] line, int from, int to) {
        int i = from;
        while (i < to && line[i] != '\\') {
            i++;
        }
        return i;
    }

    /** Writes a value behind what there is of a line. */
    static void write(@Nullable String value, StringBuilder line) {
        if (value == null) {
            line.append(NULL);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            int meant = each <= '\\' ? MEANT.indexOf(each) : -1;
            if (meant < 0) {
                line.append(each);
            } else {
                line.append('\\').append(LETTERS.charAt(meant));
            }
        }
    }
}
