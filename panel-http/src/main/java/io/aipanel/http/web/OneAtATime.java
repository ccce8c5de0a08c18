package io.aipanel.http.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Work that keeps a processor and the disk busy for so long that a panel does it once at a time: whoever asks meanwhile is
 * refused instead of kept waiting. Safe for use by many threads.
 */
public final class OneAtATime {

    private final Semaphore free = new Semaphore(1);
    private final String code;
    private final String detail;
    private final int retryAfterSeconds;

    /**
     * @param code what programs tell the refusal by
     * @param detail what is going on and what to do, for people
     * @param retryAfterSeconds when it is worth while to try again
     */
    public OneAtATime(String code, String detail, int retryAfterSeconds) {
        this.code = code;
        this.detail = detail;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * Does the work.
     *
     * @throws Refusal if it is being done for somebody else
     */
    public <T> T run(Supplier<? extends T> work) {
        if (!free.tryAcquire()) {
            throw new Refusal(
                    409, code, detail, Optional.empty(), Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
