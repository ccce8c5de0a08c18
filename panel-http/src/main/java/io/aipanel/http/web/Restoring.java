package io.aipanel.http.web;

/** A request came while a backup is being restored, so that there is no panel to ask. Nothing of it was done. */
public final class Restoring extends RuntimeException {

    /** When it is worth while to ask again: small panels are back by then, and large ones are not asked too often. */
    public static final int RETRY_AFTER_SECONDS = 5;

    private static final long serialVersionUID = 1L;

    /** Without a stack: there may be many, and they are no failures. */
    public Restoring() {
        super("a backup is being restored", null, false, false);
    }
}
