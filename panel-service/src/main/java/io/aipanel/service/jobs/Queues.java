package io.aipanel.service.jobs;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.QueueChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells how queues are, pauses and limits them. Safe for use by many threads. */
public final class Queues {

    private final Storage storage;
    private final QueueChanges changes;
    private final Access access;

    /** For {@link io.aipanel.service.Panel}. */
    public Queues(Storage storage, QueueChanges changes, Access access) {
        this.storage = storage;
        this.changes = changes;
        this.access = access;
    }

    /**
     * The queues that hold jobs, are set or are worked off, by name in code point order.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_READ}
     */
    public List<QueueStatus> list(Actor actor) {
        access.require(actor, Permission.JOBS_READ, "queue.list");
        Map<QueueName, QueueCounts> counts = byQueue(storage.jobs().counts(), QueueCounts::queue);
        Map<QueueName, Queue> set = byQueue(storage.queues().queues(), Queue::name);
        List<WorkerPresence> workers = storage.queues().present();
        List<PendingType> pending = storage.jobs().pendingTypes();
        Handled handled = Handled.by(workers);
        Set<QueueName> names = new TreeSet<>(counts.keySet());
        names.addAll(set.keySet());
        workers.forEach(worker -> names.add(worker.queue()));
        List<QueueStatus> statuses = new ArrayList<>();
        for (QueueName name : names) {
            statuses.add(new QueueStatus(
                    set.getOrDefault(name, Queue.unset(name)),
                    counts.getOrDefault(name, new QueueCounts(name, Map.of())),
                    workers.stream()
                            .filter(worker -> worker.queue().equals(name))
                            .toList(),
                    pending.stream()
                            .filter(waiting -> waiting.queue().equals(name) && !handled.contains(name, waiting.type()))
                            .toList()));
        }
        return List.copyOf(statuses);
    }

    /**
     * Pauses a queue: no worker gets jobs of it until it is resumed. What runs already goes on.
     *
     * @return whether that is news
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     */
    public boolean pause(Actor actor, QueueName name) {
        access.require(actor, Permission.JOBS_MANAGE, "queue.pause");
        return changes.make(actor, change -> {
            boolean news = change.queues().pause(name);
            if (news) {
                change.record("queue.pause", "queue:" + name, Details.none());
            }
            return news;
        });
    }

    /**
     * Ends the pause of a queue.
     *
     * @return whether that is news
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     */
    public boolean resume(Actor actor, QueueName name) {
        access.require(actor, Permission.JOBS_MANAGE, "queue.resume");
        return changes.make(actor, change -> {
            boolean news = change.queues().resume(name);
            if (news) {
                change.record("queue.resume", "queue:" + name, Details.none());
            }
            return news;
        });
    }

    /**
     * Sets how much of a queue may run. What runs already goes on.
     *
     * @return whether that is news
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#JOBS_MANAGE}
     */
    public boolean limit(Actor actor, QueueName name, QueueLimits limits) {
        access.require(actor, Permission.JOBS_MANAGE, "queue.limit");
        return changes.make(actor, change -> {
            boolean news = change.queues().limit(name, limits);
            if (news) {
                Details details = Details.none()
                        .and("maxRunning", limits.maxRunning())
                        .and("maxRunningPerKey", limits.maxRunningPerKey())
                        .and("rate", limits.rate().map(rate -> rate.starts() + " in " + rate.period()));
                change.record("queue.limit", "queue:" + name, details);
            }
            return news;
        });
    }

    private static <T> Map<QueueName, T> byQueue(List<T> all, Function<T, QueueName> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }
}
