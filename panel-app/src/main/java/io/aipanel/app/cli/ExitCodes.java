package io.aipanel.app.cli;

/** What the exit code says. */
public final class ExitCodes {

    /** Done; for checks: nothing wrong. */
    public static final int DONE = 0;

    /** It failed; one line says what, and what to do. */
    public static final int FAILED = 1;

    /** Wrong usage or configuration; nothing was changed. */
    public static final int USAGE = 2;

    /** A check ran and found something wrong. */
    public static final int FOUND = 3;

    private ExitCodes() {}
}
