package io.aipanel.bench.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until a number of jobs was handled, and knows when the first one was. Safe for use by many threads. */
final class Countdown {

    /** Nothing is handled for so long: something is wrong. */
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final CountDownLatch left;
    private volatile long first;

    Countdown(int jobs) {
        this.left = new CountDownLatch(jobs);
    }

    /** One job was handled. */
    void handled() {
        if (first == 0) {
            noteFirst();
        }
        left.countDown();
    }

    private synchronized void noteFirst() {
        if (first == 0) {
            first = System.nanoTime();
        }
    }

    /** When the first job was handled, by {@link System#nanoTime}. */
    long first() {
        return first;
    }

    /**
     * Waits until all were.
     *
     * @throws IllegalStateException if for a long time none was
     */
    void await() throws InterruptedException {
        long before = left.getCount();
        while (!left.await(STALLED.toMillis(), TimeUnit.MILLISECONDS)) {
            if (left.getCount() == before) {
                throw new IllegalStateException(before + " jobs are left, and for " + STALLED + " none was handled");
            }
            before = left.getCount();
        }
    }
}
