package io.aipanel.domain.jobs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many jobs a queue holds.
 *
 * @param queue the queue
 * @param jobs the number of jobs in each state; every state is there, 0 if it has none
 */
public record QueueCounts(QueueName queue, Map<JobState, Long> jobs) {

    /** Fills in the states that have no jobs. */
    public QueueCounts {
        EnumMap<JobState, Long> complete = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            complete.put(state, jobs.getOrDefault(state, 0L));
        }
        jobs = Collections.unmodifiableMap(complete);
    }
}
