package io.aipanel.domain.jobs;

import io.aipanel.domain.Text;

/**
 * Why an attempt failed. Any text is taken, empty too: what a store cannot hold is replaced, and what is too long is cut
 * off ({@link Text#truncated}).
 *
 * @param type the class of what was thrown, or another word for the kind of failure, at most {@value #MAX_TYPE_BYTES} UTF-8
 *     bytes
 * @param message what was said, at most {@value #MAX_TEXT_BYTES} UTF-8 bytes
 * @param trace where it happened, at most {@value #MAX_TEXT_BYTES} UTF-8 bytes; empty if that is not known
 */
public record JobError(String type, String message, String trace) {

    /** The most UTF-8 bytes of the type. */
    public static final int MAX_TYPE_BYTES = 512;

    /** The most UTF-8 bytes of the message, and of the trace. */
    public static final int MAX_TEXT_BYTES = 8192;

    /** What the history says of an attempt whose worker was not heard of until its lease ended. */
    public static final JobError LEASE_ENDED =
            new JobError("lease-ended", "its worker gave no sign of life until the lease ended", "");

    /** Cuts what is too long. */
    public JobError {
        type = Text.truncated(type, MAX_TYPE_BYTES);
        message = Text.truncated(message, MAX_TEXT_BYTES);
        trace = Text.truncated(trace, MAX_TEXT_BYTES);
    }

    /** The error in one text: type and message, or the one of them that is there. */
    public String summary() {
        if (message.isEmpty() || type.isEmpty()) {
            return type + message;
        }
        return Text.truncated(type + ": " + message, MAX_TEXT_BYTES);
    }
}
