package io.aipanel.app.outgoing;

import io.aipanel.domain.jobs.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes lines of what a program writes, whatever that is: bytes that are no UTF-8 are replaced, and what has no end of a
 * line is cut into pieces that a job's log takes. Keeps the last lines, to say how it ended.
 */
public final class OutputLines {

    /** How many lines tell how a program ended. */
    private static final int LAST = 5;

    private final Consumer<String> log;
    private final Deque<String> last = new ArrayDeque<>();
    private final byte[] line = new byte[LogLine.MAX_BYTES];
    private int length;

    /** @param log gets every line */
    public OutputLines(Consumer<String> log) {
        this.log = log;
    }

    /** Takes what was written next. */
    void write(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                end();
            } else {
                if (length == line.length) {
                    cut();
                }
                line[length++] = bytes[i];
            }
        }
    }

    /** Nothing more comes. */
    void finish() {
        if (length > 0) {
            end();
        }
    }

    /** The last lines, the empty ones left out. */
    public List<String> last() {
        return List.copyOf(last);
    }

    private void end() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        tell(end);
        length = 0;
    }

    /** Makes room without dividing a character: the bytes after its first are of the form 10xxxxxx. */
    private void cut() {
        int end = length;
        while (end > length - 4 && (line[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        // The byte before may be the first of the character that goes on.
        end = (line[end - 1] & 0xC0) == 0xC0 ? end - 1 : length;
        tell(end);
        System.arraycopy(line, end, line, 0, length - end);
        length -= end;
    }

    private void tell(int end) {
        String text = new String(line, 0, end, StandardCharsets.UTF_8);
        log.accept(text);
        if (!text.isBlank()) {
            if (last.size() == LAST) {
                last.removeFirst();
            }
            last.addLast(text);
        }
    }
}
