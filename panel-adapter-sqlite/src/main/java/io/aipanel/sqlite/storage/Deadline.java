package io.aipanel.sqlite.storage;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** When the time of a call is over, by the machine's monotonic clock. */
record Deadline(long nanoTime) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /**
     * Waits for a permit. An interrupt does not end the wait; it is kept for the caller.
     *
     * @return whether one was had in time
     */
    boolean acquire(Semaphore permits) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return permits.tryAcquire() || permits.tryAcquire(nanosLeft(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How long is left; zero or less if the time is over. */
    long nanosLeft() {
        return nanoTime - System.nanoTime();
    }
}
