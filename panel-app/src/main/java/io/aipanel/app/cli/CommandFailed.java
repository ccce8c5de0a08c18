package io.aipanel.app.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked, though it was asked properly. */
public final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next, on one line
     * @param cause why; may be null
     */
    public CommandFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
