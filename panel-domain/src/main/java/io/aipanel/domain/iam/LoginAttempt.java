package io.aipanel.domain.iam;

import java.time.Duration;

/** The store's answer to "may this login be tried?". */
public sealed interface LoginAttempt {

    /**
     * It may. The attempt already counts as a failure, so that many at once cannot pass together.
     *
     * @param attempt names the attempt, to forgive it when it succeeds
     */
    record Allowed(long attempt) implements LoginAttempt {}

    /**
     * It may not: there were too many failures.
     *
     * @param retryAfter how long until the next attempt is allowed; always positive
     */
    record Refused(Duration retryAfter) implements LoginAttempt {}
}
