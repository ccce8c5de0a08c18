package io.aipanel.app.cli;

/** A command was not asked properly. Nothing was changed. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what would be valid, on one line */
    public UsageException(String message) {
        super(message);
    }
}
