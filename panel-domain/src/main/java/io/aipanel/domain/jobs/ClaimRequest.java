package io.aipanel.domain.jobs;

import io.aipanel.domain.Text;
import java.time.Duration;
import java.util.Set;

/**
 * A worker's wish for work.
 *
 * @param queue where to look
 * @param types which types the worker can handle; at least one
 * @param max the most jobs to take, 1 to {@value #MAX_JOBS}
 * @param lease how long they are the worker's alone, 1 millisecond to 1 day
 * @param worker what the worker calls itself, 1 to {@link Text#INDEXED_BYTES} UTF-8 bytes
 */
public record ClaimRequest(QueueName queue, Set<JobType> types, int max, Duration lease, String worker) {

    /** The most jobs of one claim. */
    public static final int MAX_JOBS = 10_000;

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public ClaimRequest {
        types = Set.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("types must not be empty");
        }
        if (max < 1 || max > MAX_JOBS) {
            throw new IllegalArgumentException("max must be between 1 and " + MAX_JOBS);
        }
        Lease.requireDuration(lease);
        Text.required("worker", worker, Text.INDEXED_BYTES);
    }
}
