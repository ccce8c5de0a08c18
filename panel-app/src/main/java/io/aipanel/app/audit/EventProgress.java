package io.aipanel.app.audit;

import io.aipanel.app.cli.ProgressLine;
import io.aipanel.service.audit.LogProgress;

/** How far work on the log has come, on a line of a terminal. */
final class EventProgress {

    private EventProgress() {}

    /**
     * Shows it.
     *
     * @param line where
     * @param what what has been done with the events, for example {@code checked}
     */
    static LogProgress of(ProgressLine line, String what) {
        return (done, total) -> line.show(() -> text(done, total, what));
    }

    /** For example {@code 500 of 2000 events checked (25 %)}. */
    static String text(long done, long total, String what) {
        return total <= 0
                ? done + " events " + what
                : done + " of " + total + " events " + what + " (" + 100 * done / total + " %)";
    }
}
