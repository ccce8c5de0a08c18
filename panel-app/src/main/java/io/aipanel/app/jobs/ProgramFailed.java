package io.aipanel.app.jobs;

/** A program that handles a job could not be run, or did not end well. */
final class ProgramFailed extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what happened; the place in our code would say nothing more */
    ProgramFailed(String message) {
        super(message, null, false, false);
    }
}
