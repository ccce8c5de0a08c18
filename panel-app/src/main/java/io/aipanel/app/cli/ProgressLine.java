package io.aipanel.app.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One line on a terminal that is written anew while work goes on, and is gone when the work has ended. For one thread. */
public final class ProgressLine implements AutoCloseable {

    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    /** Back to the beginning of the line, and away with the rest of it (ECMA-48). */
    private static final String ANEW = "\r\u001B[K";

    private final Optional<PrintStream> screen;
    private boolean written;
    private long last;

    ProgressLine(Optional<PrintStream> screen) {
        this.screen = screen;
    }

    /** Says how far the work has come; seldom enough for people to read. */
    public void show(Supplier<String> text) {
        long now = System.nanoTime();
        if (screen.isPresent() && (!written || now - last >= PAUSE)) {
            write(text.get());
            written = true;
            last = now;
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (written) {
            write("");
        }
    }

    private void write(String text) {
        screen.ifPresent(out -> {
            out.print(ANEW + Text.onOneLine(text));
            out.flush();
        });
    }
}
