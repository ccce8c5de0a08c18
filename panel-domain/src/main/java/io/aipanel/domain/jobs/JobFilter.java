package io.aipanel.domain.jobs;

import java.util.Optional;

/**
 * Which jobs are wanted. What is empty does not restrict.
 *
 * @param queue in this queue
 * @param type of this type
 * @param state in this state
 */
public record JobFilter(Optional<QueueName> queue, Optional<JobType> type, Optional<JobState> state) {

    /** Every job. */
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
