package io.aipanel.ports.jobs;

import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.WorkerPresence;
import java.time.Duration;
import java.util.List;

/**
 * How queues are set, and who works them off. Each method is one transaction, durable when it returns. Safe for use by many
 * threads and processes at once.
 */
public interface QueueRepository {

    /** How a queue is set; {@link Queue#unset} if nobody has set it. */
    Queue queue(QueueName name);

    /** The queues that somebody has set, by name in code point order. */
    List<Queue> queues();

    /**
     * Pauses a queue: no worker gets jobs of it. What runs already goes on.
     *
     * @return whether that is news; {@code false} if it was paused already
     */
    boolean pause(QueueName name);

    /**
     * Ends the pause of a queue.
     *
     * @return whether that is news; {@code false} if it was not paused
     */
    boolean resume(QueueName name);

    /**
     * Sets how much of a queue may run. What runs already goes on.
     *
     * @return whether that is news; {@code false} if the limits were the same
     */
    boolean limit(QueueName name, QueueLimits limits);

    /**
     * Notes that a worker is there; replaces what it said before about the same queue.
     *
     * @param presence who works on what
     * @param duration for how long that holds, from now on, 1 millisecond to 1 day
     * @throws IllegalArgumentException if the duration is out of range
     */
    void present(WorkerPresence presence, Duration duration);

    /** Forgets a worker. Does nothing if it is not known. */
    void absent(String worker);

    /** The workers that are there now, by queue, then worker, in code point order. */
    List<WorkerPresence> present();
}
