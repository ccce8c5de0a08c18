package io.aipanel.service.jobs;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;

/**
 * How jobs are worked off.
 *
 * @param threads how many handlers run at once in each queue, 1 to 1000
 * @param lease how long a job is ours without a sign of life, 1 second to 1 hour; a sign is given every third of it
 * @param grace how long running handlers may go on when the panel is closed, 0 to 1 hour; after that they are
 *     interrupted and their jobs given back
 */
public record WorkerOptions(int threads, Duration lease, Duration grace) {

    /** As many handlers as processors (at least 2), a lease of 30 seconds, a grace of 10. */
    public static final WorkerOptions DEFAULT = new WorkerOptions(
            Math.max(2, Runtime.getRuntime().availableProcessors()), Duration.ofSeconds(30), Duration.ofSeconds(10));

    /**
     * @throws InvalidValueException if a value is out of range
     */
    public WorkerOptions {
        if (threads < 1 || threads > 1000) {
            throw new InvalidValueException("jobs.threads", "must be between 1 and 1000");
        }
        if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofHours(1)) > 0) {
            throw new InvalidValueException("jobs.lease", "must be between 1 second and 1 hour");
        }
        if (grace.isNegative() || grace.compareTo(Duration.ofHours(1)) > 0) {
            throw new InvalidValueException("jobs.grace", "must be between 0 and 1 hour");
        }
    }
}
