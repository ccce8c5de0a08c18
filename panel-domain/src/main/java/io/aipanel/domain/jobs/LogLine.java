package io.aipanel.domain.jobs;

import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;

/**
 * A line of a job's log.
 *
 * @param at when it was written, by the clock of who wrote it, cut down to whole microseconds
 * @param text the line; what a store cannot hold is replaced, and only the first {@value #MAX_BYTES} UTF-8 bytes are kept
 */
public record LogLine(Instant at, String text) {

    /** The most UTF-8 bytes of a line. */
    public static final int MAX_BYTES = 2048;

    /**
     * @throws io.aipanel.domain.InvalidValueException if the time lies outside the years 1 to 9999
     */
    public LogLine {
        at = Timestamps.micros("at", at);
        text = Text.truncated(text, MAX_BYTES);
    }
}
