package io.aipanel.domain.jobs;

import io.aipanel.domain.Text;
import java.util.Set;

/**
 * A worker that is there, and what it can do.
 *
 * @param worker what it calls itself, 1 to {@link Text#INDEXED_BYTES} UTF-8 bytes
 * @param queue which queue it works off
 * @param types which types it handles
 */
public record WorkerPresence(String worker, QueueName queue, Set<JobType> types) {

    /**
     * @throws io.aipanel.domain.InvalidValueException if the name is empty or too long
     */
    public WorkerPresence {
        Text.required("worker", worker, Text.INDEXED_BYTES);
        types = Set.copyOf(types);
    }
}
