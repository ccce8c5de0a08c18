package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.WorkerPresence;
import java.util.List;

/**
 * How a queue is.
 *
 * @param queue how it is set
 * @param counts how many jobs it holds
 * @param workers who works it off now, in whatever process
 * @param withoutHandler the types of pending jobs that none of these handles; they wait until somebody does
 */
public record QueueStatus(
        Queue queue, QueueCounts counts, List<WorkerPresence> workers, List<PendingType> withoutHandler) {

    /** Keeps its own copies of the lists. */
    public QueueStatus {
        workers = List.copyOf(workers);
        withoutHandler = List.copyOf(withoutHandler);
    }
}
