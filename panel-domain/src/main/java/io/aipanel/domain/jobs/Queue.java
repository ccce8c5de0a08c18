package io.aipanel.domain.jobs;

/**
 * How a queue is set. A queue needs no setting up: one that nobody has set is not paused and has the default limits.
 *
 * @param name which queue
 * @param paused whether no worker gets jobs of it
 * @param limits how much of it may run
 */
public record Queue(QueueName name, boolean paused, QueueLimits limits) {

    /** A queue that nobody has set. */
    public static Queue unset(QueueName name) {
        return new Queue(name, false, QueueLimits.DEFAULT);
    }
}
