package io.aipanel.domain.jobs;

import io.aipanel.domain.JsonText;
import java.time.Duration;
import java.util.Optional;

/** What became of an attempt. Counts only if its lease is still the job's latest. */
public sealed interface JobEnd {

    /** The right to say so. */
    Lease lease();

    /**
     * The job is done.
     *
     * @param lease the right to say so
     * @param result what the handler answered; empty for nothing
     */
    record Completed(Lease lease, Optional<JsonText> result) implements JobEnd {}

    /**
     * The attempt failed.
     *
     * @param lease the right to say so
     * @param error why; it is kept in the job's history
     * @param retryAfter when to try again, from now, 0 to 365 days; empty to make the job a dead letter
     */
    record Failed(Lease lease, JobError error, Optional<Duration> retryAfter) implements JobEnd {

        /**
         * @throws IllegalArgumentException if the delay is out of range
         */
        public Failed {
            retryAfter.ifPresent(RetryPolicy::requireDelay);
        }
    }

    /**
     * The job is given back untried: it is pending at once, and the attempt does not count.
     *
     * @param lease the right to say so
     */
    record Released(Lease lease) implements JobEnd {}
}
