package io.aipanel.postgres.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a copy line by line, each into the place of the one before: memory is taken for the longest line only. For one
 * thread.
 */
final class CopyLines {

    private static final int BUFFER_BYTES = 1 << 18;

    /** No row of the panel comes near this. */
    private static final int LONGEST_LINE_BYTES = 1 << 28;

    private final InputStream in;
    private final CRC32C checksum = new CRC32C();
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private int start;
    private int end;
    private boolean hasLine;
    private int checksumBefore;

    CopyLines(InputStream in) {
        this.in = in;
    }

    /**
     * Goes to the next line.
     *
     * @return whether there is one
     * @throws BrokenCopy if it is too long or is not ended
     */
    boolean next() throws IOException, BrokenCopy {
        start = hasLine ? end + 1 : 0;
        checksumBefore = (int) checksum.getValue();
        end = start;
        while (true) {
            while (end < filled) {
                if (buffer[end] == '\n') {
                    checksum.update(buffer, start, end + 1 - start);
                    hasLine = true;
                    return true;
                }
                end++;
            }
            if (!readMore()) {
                if (end > start) {
                    throw new BrokenCopy("ends in the middle of a line");
                }
                hasLine = false;
                filled = 0;
                return false;
            }
        }
    }

    private boolean readMore() throws IOException, BrokenCopy {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            end -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            if (filled >= LONGEST_LINE_BYTES) {
                throw new BrokenCopy("has a line that is too long to be one of a copy");
            }
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            return false;
        }
        filled += read;
        return true;
    }

    /** Whether the line is this one. */
    boolean is(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(buffer, start, end, wanted, 0, wanted.length);
    }

    /** Whether the line begins with this. */
    boolean startsWith(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return end - start >= wanted.length
                && Arrays.equals(buffer, start, start + wanted.length, wanted, 0, wanted.length);
    }

    /** Writes the line as it is, with its end. */
    void writeTo(OutputStream out) throws IOException {
        out.write(buffer, start, end + 1 - start);
    }

    /** The line; what is not UTF-8 in it is replaced. */
    String text() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    /** How many values are in a row: tabs within values are written in another way. */
    int values() {
        int values = 1;
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\t') {
                values++;
            }
        }
        return values;
    }

    /** The values of a row of a table that is known to have none which PostgreSQL would write in another way. */
    List<String> row() {
        List<String> values = new ArrayList<>();
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || buffer[i] == '\t') {
                values.add(new String(buffer, from, i - from, StandardCharsets.UTF_8).replace("\\\\", "\\"));
                from = i + 1;
            }
        }
        return values;
    }

    /** The values of a row, each of them as {@link CopyText} reads it. */
    List<@Nullable String> rowOfTexts() throws BrokenCopy {
        List<@Nullable String> values = new ArrayList<>();
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || buffer[i] == '\t') {
                values.add(CopyText.read(buffer, from, i));
                from = i + 1;
            }
        }
        return values;
    }

    /** The checksum of all that comes before the line. */
    int checksumBefore() {
        return checksumBefore;
    }
}
