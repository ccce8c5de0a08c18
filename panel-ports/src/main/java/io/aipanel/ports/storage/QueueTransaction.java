package io.aipanel.ports.storage;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;

/**
 * A transaction on the queue store that is under way: what an operator does there, and the record of it. Good only on the
 * thread that runs the work, and only until the work returns; elsewhere and afterwards its methods, and those of its
 * repositories, throw {@link IllegalStateException}.
 */
public interface QueueTransaction {

    /** Jobs, within the transaction. */
    JobQueueRepository jobs();

    /** Queues, within the transaction. */
    QueueRepository queues();

    /** Schedules, within the transaction. */
    ScheduleRepository schedules();

    /**
     * Adds an event for the audit log. Call it after the change it belongs to.
     *
     * @param event it is delivered exactly once if the transaction is committed, else never
     * @throws OutboxFull if too many effects wait already
     */
    void emit(Effect.Record event);
}
