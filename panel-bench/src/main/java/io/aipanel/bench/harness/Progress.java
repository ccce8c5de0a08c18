package io.aipanel.bench.harness;

import java.io.PrintStream;
import java.util.Locale;

/** Tells what is going on, on standard error, with the seconds since the start. */
public final class Progress {

    private final long start = System.nanoTime();
    private final PrintStream err;

    /** Tells it to a stream. */
    public Progress(PrintStream err) {
        this.err = err;
    }

    /** Tells one thing; the format is that of {@link String#format}. */
    public void say(String format, Object... arguments) {
        double seconds = (System.nanoTime() - start) / 1e9;
        err.println(
                String.format(Locale.ROOT, "bench %6.1f s: ", seconds) + String.format(Locale.ROOT, format, arguments));
    }
}
