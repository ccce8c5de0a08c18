package io.aipanel.domain.jobs;

import java.util.Optional;

/**
 * Which jobs are wanted. What is empty does not restrict.
 *
 * @param queue in this queue
 * @param type of this type
 * @param state in this state
 * @param uniqueKey with this unique key
 */
public record JobFilter(
        Optional<QueueName> queue, Optional<JobType> type, Optional<JobState> state, Optional<String> uniqueKey) {

    /** Every job. */
    public static final JobFilter ALL =
            new JobFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same, in one queue only. */
    public JobFilter queue(QueueName name) {
        return new JobFilter(Optional.of(name), type, state, uniqueKey);
    }

    /** The same, of one type only. */
    public JobFilter type(JobType wanted) {
        return new JobFilter(queue, Optional.of(wanted), state, uniqueKey);
    }

    /** The same, in one state only. */
    public JobFilter state(JobState wanted) {
        return new JobFilter(queue, type, Optional.of(wanted), uniqueKey);
    }

    /** The same, with one unique key only. */
    public JobFilter uniqueKey(String key) {
        return new JobFilter(queue, type, state, Optional.of(key));
    }
}
