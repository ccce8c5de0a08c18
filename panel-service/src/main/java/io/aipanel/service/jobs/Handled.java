package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.storage.Storage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which types somebody handles now, in which queue, in whatever process. */
record Handled(Map<QueueName, Set<JobType>> types) {

    static Handled now(Storage storage) {
        return by(storage.queues().present());
    }

    static Handled by(List<WorkerPresence> workers) {
        Map<QueueName, Set<JobType>> types = new HashMap<>();
        workers.forEach(worker ->
                types.computeIfAbsent(worker.queue(), queue -> new HashSet<>()).addAll(worker.types()));
        return new Handled(types);
    }

    boolean contains(QueueName queue, JobType type) {
        return types.getOrDefault(queue, Set.of()).contains(type);
    }
}
