package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import java.util.Optional;

/**
 * How much of a queue may run, over all workers and machines.
 *
 * @param maxRunning how many jobs at once, 1 to {@value #MAX_RUNNING}; empty for no such limit
 * @param maxRunningPerKey how many jobs with the same concurrency key at once, 1 to {@value #MAX_RUNNING}
 * @param rate how many jobs may be started in a time; empty for no such limit
 */
public record QueueLimits(Optional<Integer> maxRunning, int maxRunningPerKey, Optional<RateLimit> rate) {

    /** The highest limit. */
    public static final int MAX_RUNNING = 100_000;

    /** As many as the workers take, but one at a time of those with the same concurrency key. */
    public static final QueueLimits DEFAULT = new QueueLimits(Optional.empty(), 1, Optional.empty());

    /**
     * @throws InvalidValueException if a value is out of range
     */
    public QueueLimits {
        maxRunning.ifPresent(max -> check("maxRunning", max));
        check("maxRunningPerKey", maxRunningPerKey);
    }

    private static void check(String field, int max) {
        if (max < 1 || max > MAX_RUNNING) {
            throw new InvalidValueException(field, "must be between 1 and " + MAX_RUNNING);
        }
    }
}
