package io.aipanel.service.iam;

import java.time.Duration;

/** There were too many wrong passwords for the account or from the address. Nothing was tried or changed. */
public final class TooManyAttempts extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    TooManyAttempts(Duration retryAfter) {
        super("there were too many wrong passwords: try again in " + retryAfter.toSeconds() + " seconds");
        this.retryAfter = retryAfter;
    }

    /** How long until the next attempt; always positive. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
