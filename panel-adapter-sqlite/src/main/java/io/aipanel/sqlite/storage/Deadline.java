package io.aipanel.sqlite.storage;

import java.time.Duration;

/** When the time of a call is over, by the machine's monotonic clock. */
record Deadline(long nanoTime) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** How long is left; zero or less if the time is over. */
    long nanosLeft() {
        return nanoTime - System.nanoTime();
    }
}
