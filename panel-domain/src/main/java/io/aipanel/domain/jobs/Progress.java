package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;

/**
 * How far a running job is.
 *
 * @param percent 0 to 100
 * @param text what it is doing, one line; empty for nothing to say. What a store cannot hold is replaced, and only the
 *     first {@value #MAX_TEXT_BYTES} UTF-8 bytes are kept
 */
public record Progress(int percent, String text) {

    /** The most UTF-8 bytes of the text. */
    public static final int MAX_TEXT_BYTES = 512;

    /**
     * @throws InvalidValueException if the percentage is out of range
     */
    public Progress {
        if (percent < 0 || percent > 100) {
            throw new InvalidValueException("percent", "must be between 0 and 100");
        }
        text = Text.truncated(text.replace('\n', ' ').replace('\r', ' '), MAX_TEXT_BYTES);
    }
}
