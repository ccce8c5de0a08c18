package io.aipanel.service;

/** What was to be changed does not exist, or the actor may not know that it does. Nothing was changed. */
public final class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what what was looked for, for example {@code site 0190163d-…}
     */
    public NotFound(String what) {
        super("there is no " + what);
    }
}
