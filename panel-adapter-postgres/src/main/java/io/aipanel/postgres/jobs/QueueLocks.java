package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.AdvisoryLock;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The locks on queues' limits. Whoever needs them takes them before any row that they are about, so that nobody who counts
 * waits for somebody who wants to.
 */
final class QueueLocks {

    private QueueLocks() {}

    /** Waits for the locks of queues, in one order everywhere, and keeps them until the commit. */
    static void acquire(Handle handle, Collection<QueueName> queues) {
        queues.stream()
                .map(QueueName::value)
                .sorted(Comparator.comparingInt(AdvisoryLock::key))
                .forEach(queue -> AdvisoryLock.QUEUE_LIMITS.acquire(handle, queue));
    }

    /** The queues whose limits the ends of jobs are about: those where they have a concurrency key. */
    static Set<QueueName> neededFor(Handle handle, Collection<Long> jobs) {
        return handle.createQuery("""
                        SELECT DISTINCT queue FROM queue.jobs
                        WHERE id = ANY (:ids) AND concurrency_key IS NOT NULL
                        """)
                .bindArray("ids", Long.class, jobs.toArray())
                .map((row, context) -> new QueueName(row.getString("queue")))
                .set();
    }
}
