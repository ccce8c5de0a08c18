package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.job;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the queue means, as simply as it can be said: a list of jobs in memory, and every rule a walk through all of it. For one
 * thread; its clock stands still until it is told that time has passed.
 */
final class QueueModel {

    private final Map<JobId, ModelJob> jobs = new TreeMap<>();
    private final Map<List<Object>, Kept> kept = new HashMap<>();
    private final Map<QueueName, Queue> queues = new HashMap<>();
    private Duration now = Duration.ZERO;

    /** A key that a job keeps until a time. */
    private record Kept(JobId job, Duration until) {}

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<ModelJob> jobs() {
        return List.copyOf(jobs.values());
    }

    List<ModelJob> running() {
        return jobs.values().stream().filter(ModelJob::isRunning).toList();
    }

    Optional<ModelJob> job(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** Takes over what an enqueue answered, and answers what it should have; a new job's id is the store's to choose. */
    List<Enqueued> enqueue(List<NewJob> wanted, List<Enqueued> answers) {
        List<Enqueued> expected = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            NewJob job = wanted.get(i);
            Optional<JobId> holder = holder(job);
            JobId id = holder.orElse(answers.get(i).id());
            expected.add(new Enqueued(id, holder.isEmpty()));
            if (holder.isEmpty()) {
                jobs.put(id, new ModelJob(id, job, now));
                job.uniqueFor().ifPresent(period -> kept.put(key(job), new Kept(id, now.plus(period))));
            }
        }
        return expected;
    }

    private static List<Object> key(NewJob job) {
        return List.of(job.queue(), job.type(), job.uniqueKey().orElseThrow());
    }

    /** Who has the unique key of a job. */
    private Optional<JobId> holder(NewJob wanted) {
        if (wanted.uniqueKey().isEmpty()) {
            return Optional.empty();
        }
        Optional<JobId> unfinished = jobs.values().stream()
                .filter(job -> !job.state.isFinished() && job.spec.uniqueKey().isPresent())
                .filter(job -> key(job.spec).equals(key(wanted)))
                .map(job -> job.id)
                .findFirst();
        return unfinished.or(() -> Optional.ofNullable(kept.get(key(wanted)))
                .filter(each -> each.until().compareTo(now) > 0)
                .map(Kept::job));
    }

    /** What a claim should hand out, if it cancels nothing on its way. */
    List<JobId> claimable(ClaimRequest request) {
        Room room = room(request.queue(), List.of());
        return inScope(request)
                .sorted(ModelJob.ORDER)
                .filter(job -> isClaimable(job) && room.admits(job))
                .limit(request.max())
                .map(job -> job.id)
                .toList();
    }

    /** Whether a claim that cancels jobs on its way, and so makes room for others sooner or later, may hand these out. */
    boolean isPossible(ClaimRequest request, List<JobId> ids) {
        Room room = room(request.queue(), toBeCancelled(request));
        List<ModelJob> possible = inScope(request)
                .sorted(ModelJob.ORDER)
                .filter(job -> ids.contains(job.id) && isClaimable(job) && room.admits(job))
                .toList();
        return possible.stream().map(job -> job.id).toList().equals(ids);
    }

    private boolean isClaimable(ModelJob job) {
        return !queue(job.spec.queue()).paused() && (job.isAbandoned(now) ? !job.cancelRequested : job.isDue(now));
    }

    /** What the limits of a queue leave, if some of its running jobs are gone. */
    private Room room(QueueName queue, List<ModelJob> gone) {
        Room room = new Room(queue(queue).limits());
        running().stream()
                .filter(job -> job.spec.queue().equals(queue) && !gone.contains(job))
                .forEach(room::take);
        return room;
    }

    /** Places for jobs of one queue. */
    private static final class Room {

        private final QueueLimits limits;
        private final Map<String, Integer> perKey = new HashMap<>();
        private int running;

        Room(QueueLimits limits) {
            this.limits = limits;
        }

        void take(ModelJob job) {
            running++;
            job.concurrencyKey().ifPresent(key -> perKey.merge(key, 1, Integer::sum));
        }

        /** Takes a place if the job has none yet and there is one for it. */
        boolean admits(ModelJob job) {
            if (job.isRunning()) {
                return true;
            }
            boolean keyIsFull = job.concurrencyKey()
                    .filter(key -> perKey.getOrDefault(key, 0) >= limits.maxRunningPerKey())
                    .isPresent();
            if (keyIsFull || limits.maxRunning().filter(max -> running >= max).isPresent()) {
                return false;
            }
            take(job);
            return true;
        }
    }

    /** Jobs of dead workers that a claim with this wish cancels instead of handing them out. */
    List<ModelJob> toBeCancelled(ClaimRequest request) {
        return queue(request.queue()).paused()
                ? List.of()
                : inScope(request)
                        .filter(job -> job.isAbandoned(now) && job.cancelRequested)
                        .toList();
    }

    private Stream<ModelJob> inScope(ClaimRequest request) {
        return jobs.values().stream()
                .filter(job -> job.spec.queue().equals(request.queue())
                        && request.types().contains(job.spec.type()));
    }

    void claimed(List<JobId> ids, Duration lease) {
        ids.forEach(id -> jobs.get(id).start(now, lease));
    }

    /** A dead worker's job was cancelled by a claim. */
    void cancelledByClaim(ModelJob job) {
        job.failures++;
        job.state = JobState.CANCELLED;
    }

    void extend(JobId id, Duration lease) {
        jobs.get(id).leaseUntil = now.plus(lease);
    }

    /** Ends an attempt whose lease is the latest. */
    void finish(JobEnd end) {
        ModelJob job = jobs.get(end.lease().jobId());
        if (end instanceof JobEnd.Completed) {
            job.state = JobState.COMPLETED;
        } else if (end instanceof JobEnd.Failed failed) {
            job.failures++;
            if (failed.retryAfter().isPresent()) {
                job.comeBack(now.plus(failed.retryAfter().get()));
            } else {
                job.state = JobState.DEAD_LETTER;
            }
        } else {
            job.attempt--;
            job.comeBack(job.runAt);
        }
    }

    JobChange cancel(JobId id) {
        ModelJob job = jobs.get(id);
        if (job == null) {
            return JobChange.NOT_FOUND;
        }
        if (job.state.isFinished()) {
            return JobChange.WRONG_STATE;
        }
        if (job.isRunning()) {
            job.cancelRequested = true;
        } else {
            job.state = JobState.CANCELLED;
        }
        return JobChange.DONE;
    }

    JobChange retry(JobId id) {
        ModelJob job = jobs.get(id);
        if (job == null) {
            return JobChange.NOT_FOUND;
        }
        if (job.state != JobState.DEAD_LETTER && job.state != JobState.CANCELLED) {
            return JobChange.WRONG_STATE;
        }
        if (holder(job.spec).filter(holder -> !holder.equals(id)).isPresent()) {
            return JobChange.KEY_TAKEN;
        }
        job.requeue(now);
        return JobChange.DONE;
    }

    /** All of a bulk cancellation: how many it should change. */
    int cancel(JobFilter filter) {
        List<ModelJob> matching = matching(filter)
                .filter(job -> !job.state.isFinished() && !(job.isRunning() && job.cancelRequested))
                .toList();
        matching.forEach(job -> cancel(job.id));
        return matching.size();
    }

    /** All of a bulk retry: how many it should change, and how many skip. */
    List<Integer> retry(JobFilter filter) {
        JobState wanted = filter.state().orElse(JobState.DEAD_LETTER);
        List<ModelJob> tried = wanted == JobState.DEAD_LETTER || wanted == JobState.CANCELLED
                ? matching(filter.state(wanted)).toList()
                : List.of();
        List<JobChange> changes = tried.stream().map(job -> retry(job.id)).toList();
        int done = Collections.frequency(changes, JobChange.DONE);
        return List.of(done, changes.size() - done);
    }

    private Stream<ModelJob> matching(JobFilter filter) {
        return jobs.values().stream()
                .filter(job -> filter.queue()
                        .filter(queue -> !queue.equals(job.spec.queue()))
                        .isEmpty())
                .filter(job -> filter.type()
                        .filter(type -> !type.equals(job.spec.type()))
                        .isEmpty())
                .filter(job ->
                        filter.state().filter(state -> state != job.state).isEmpty());
    }

    /** Removes finished jobs, the lowest ids first: how many it should remove. */
    int prune(JobState state, int max) {
        List<JobId> gone = jobs.values().stream()
                .filter(job -> job.state == state)
                .limit(max)
                .map(job -> job.id)
                .toList();
        gone.forEach(jobs::remove);
        return gone.size();
    }

    Queue queue(QueueName name) {
        return queues.getOrDefault(name, Queue.unset(name));
    }

    void set(Queue queue) {
        queues.put(queue.name(), queue);
    }

    List<QueueCounts> counts() {
        SortedMap<QueueName, Map<JobState, Long>> counts = new TreeMap<>();
        jobs.values()
                .forEach(job -> counts.computeIfAbsent(job.spec.queue(), name -> new EnumMap<>(JobState.class))
                        .merge(job.state, 1L, Long::sum));
        return counts.entrySet().stream()
                .map(entry -> new QueueCounts(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<PendingType> pendingTypes() {
        return jobs.values().stream()
                .filter(job -> job.state == JobState.PENDING)
                .collect(Collectors.groupingBy(
                        job -> new PendingType(job.spec.queue(), job.spec.type(), 1), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry ->
                        new PendingType(entry.getKey().queue(), entry.getKey().type(), entry.getValue()))
                .sorted(Comparator.comparing(PendingType::queue).thenComparing(PendingType::type))
                .toList();
    }
}
