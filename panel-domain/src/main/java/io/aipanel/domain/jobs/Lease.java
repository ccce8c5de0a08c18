package io.aipanel.domain.jobs;

import java.time.Duration;

/**
 * The right to finish a job: whoever shows an older token than the last one that was given is refused (fencing).
 *
 * @param jobId the job
 * @param token grows with every claim of the job
 */
public record Lease(JobId jobId, long token) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks how long a lease is to last.
     *
     * @return the same duration
     * @throws IllegalArgumentException if it is not between 1 millisecond and 1 day
     */
    public static Duration requireDuration(Duration duration) {
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a lease must last between 1 millisecond and 1 day");
        }
        return duration;
    }
}
