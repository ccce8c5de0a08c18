package io.aipanel.app.outgoing;

/** A program could not be run, or did not end well. */
public final class ProgramFailed extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what happened; the place in our code would say nothing more */
    public ProgramFailed(String message) {
        super(message, null, false, false);
    }
}
