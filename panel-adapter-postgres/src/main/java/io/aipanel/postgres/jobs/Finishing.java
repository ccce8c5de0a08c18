package io.aipanel.postgres.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.postgres.jobs.Ending.Ended;
import io.aipanel.postgres.storage.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How attempts end. Jobs without a concurrency key that are completed, which is nearly all of them, take one statement; for
 * the others their rows are locked and looked at first.
 */
final class Finishing {

    private final QueueStore store;
    private final Tallies tallies;

    Finishing(QueueStore store, Tallies tallies) {
        this.store = store;
        this.tallies = tallies;
    }

    List<Boolean> finish(List<JobEnd> ends) {
        // By id, as others lock them, so that two who end the same jobs do not wait for each other.
        List<JobEnd> sorted = ends.stream()
                .sorted(Comparator.comparing(end -> end.lease().jobId()))
                .toList();
        Outcome outcome = store.database().change(handle -> finish(handle, sorted));
        if (outcome.mayWake()) {
            store.news().accept(Topic.JOBS);
        }
        tallies.added();
        return ends.stream()
                .map(end -> outcome.ended().contains(end.lease().jobId().value()))
                .toList();
    }

    private Outcome finish(Handle handle, List<JobEnd> ends) {
        List<Ended> ended = new ArrayList<>(Ending.completePlain(
                handle,
                ends.stream()
                        .filter(JobEnd.Completed.class::isInstance)
                        .map(Finishing::completed)
                        .toList()));
        Set<Long> done = new HashSet<>();
        ended.forEach(job -> done.add(job.id()));
        List<JobEnd> others = ends.stream()
                .filter(end -> !done.contains(end.lease().jobId().value()))
                .toList();
        boolean pendingAgain = false;
        if (!others.isEmpty()) {
            QueueLocks.acquire(handle, QueueLocks.neededFor(handle, ids(others)));
            List<Ended> lookedAt = new ArrayList<>();
            Set<Long> again = finishOthers(handle, others, lookedAt);
            pendingAgain = !again.isEmpty();
            done.addAll(again);
            lookedAt.forEach(job -> done.add(job.id()));
            ended.addAll(lookedAt);
        }
        boolean awaited = ended.stream().anyMatch(Ended::isAwaited);
        return new Outcome(done, pendingAgain || awaited);
    }

    /**
     * @param ended filled with the jobs that have ended
     * @return those that are pending again
     */
    private Set<Long> finishOthers(Handle handle, List<JobEnd> ends, List<Ended> ended) {
        Map<Lease, Running> held = lock(handle, ends);
        List<JobEnd.Failed> failed = new ArrayList<>();
        List<Long> released = new ArrayList<>();
        List<Ending> endings = new ArrayList<>();
        List<JobEnd> again = new ArrayList<>();
        for (JobEnd end : ends) {
            Running job = held.get(end.lease());
            if (job == null) {
                continue;
            }
            if (end instanceof JobEnd.Failed failure) {
                failed.add(failure);
            } else if (end instanceof JobEnd.Released) {
                released.add(end.lease().jobId().value());
            }
            Ending last = ending(end);
            if (last != null) {
                endings.add(last);
            } else if (job.cancelRequested()) {
                endings.add(cancelled(end));
            } else {
                again.add(end);
            }
        }
        AttemptHistory.failed(handle, failed);
        takeBackAttempts(handle, released);
        Map<QueueName, Set<String>> keys = new HashMap<>();
        held.values().forEach(job -> job.addKeyTo(keys));
        ended.addAll(Ending.end(handle, endings));
        Set<Long> pending = makePending(handle, again);
        HeldJobs.release(handle, store, keys);
        return pending;
    }

    /** How an end ends its job; null if the job is to be pending again. */
    private static @Nullable Ending ending(JobEnd end) {
        if (end instanceof JobEnd.Completed completed) {
            return completed(completed);
        }
        if (end instanceof JobEnd.Failed failed && failed.retryAfter().isEmpty()) {
            return new Ending(
                    end.lease().jobId().value(),
                    end.lease().token(),
                    JobState.DEAD_LETTER,
                    null,
                    failed.error().summary());
        }
        return null;
    }

    private static Ending completed(JobEnd end) {
        String result = end instanceof JobEnd.Completed completed
                ? completed.result().map(JsonText::value).orElse(null)
                : null;
        return new Ending(end.lease().jobId().value(), end.lease().token(), JobState.COMPLETED, result, null);
    }

    private static Ending cancelled(JobEnd end) {
        String error = end instanceof JobEnd.Failed failed ? failed.error().summary() : null;
        return new Ending(end.lease().jobId().value(), end.lease().token(), JobState.CANCELLED, null, error);
    }

    private static Map<Lease, Running> lock(Handle handle, List<JobEnd> ends) {
        Map<Lease, Running> running = new HashMap<>();
        handle.createQuery("""
                        SELECT id, token, queue, concurrency_key, cancel_requested FROM queue.jobs
                        WHERE id = ANY (:ids) AND lease_until IS NOT NULL
                        ORDER BY id FOR UPDATE
                        """)
                .bindArray("ids", Long.class, ids(ends).toArray())
                .map((row, context) -> running.put(
                        new Lease(new JobId(row.getLong("id")), row.getLong("token")),
                        new Running(
                                row.getString("queue"),
                                row.getString("concurrency_key"),
                                row.getBoolean("cancel_requested"))))
                .list();
        Set<Lease> wanted = new HashSet<>();
        ends.forEach(end -> wanted.add(end.lease()));
        running.keySet().retainAll(wanted);
        return running;
    }

    /** What was given back untried does not count; its worker and time are forgotten if it was the first attempt. */
    private static void takeBackAttempts(Handle handle, List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("""
                            UPDATE queue.jobs
                            SET attempt = attempt - 1,
                                started_at = CASE WHEN attempt > 1 THEN started_at END,
                                worker = CASE WHEN attempt > 1 THEN worker END
                            WHERE id = ANY (:ids)
                            """).bindArray("ids", Long.class, ids.toArray()).execute();
        }
    }

    private Set<Long> makePending(Handle handle, List<JobEnd> ends) {
        Set<Long> pending = new HashSet<>();
        if (ends.isEmpty()) {
            return pending;
        }
        handle.createQuery("""
                        UPDATE queue.jobs
                        SET state = 'pending', lease_until = NULL,
                            run_at = CASE WHEN released THEN run_at
                                     ELSE clock_timestamp() + delay * interval '1 microsecond' END,
                            last_error = CASE WHEN released THEN last_error ELSE error END
                        FROM unnest(:ids, :released, :delays, :errors) AS ended (job, released, delay, error)
                        WHERE id = job
                        RETURNING id, queue, lane, run_at
                        """)
                .bindArray("ids", Long.class, ids(ends).toArray())
                .bindArray(
                        "released",
                        Boolean.class,
                        ends.stream().map(JobEnd.Released.class::isInstance).toArray())
                .bindArray(
                        "delays",
                        Long.class,
                        ends.stream().map(Finishing::delay).toArray())
                .bindArray(
                        "errors",
                        String.class,
                        ends.stream().map(Finishing::error).toArray())
                .map((row, context) -> {
                    store.floors(new QueueName(row.getString("queue")))
                            .lower(row.getInt("lane"), Rows.time(row, "run_at"), row.getLong("id"));
                    return pending.add(row.getLong("id"));
                })
                .list();
        return pending;
    }

    private static long delay(JobEnd end) {
        Optional<Duration> delay = end instanceof JobEnd.Failed failed ? failed.retryAfter() : Optional.empty();
        return delay.map(Delays::toMicros).orElse(0L);
    }

    private static @Nullable String error(JobEnd end) {
        return end instanceof JobEnd.Failed failed ? failed.error().summary() : null;
    }

    private static List<Long> ids(List<JobEnd> ends) {
        return ends.stream().map(end -> end.lease().jobId().value()).toList();
    }

    /** A job whose lease was shown. */
    private record Running(String queue, @Nullable String key, boolean cancelRequested) {

        void addKeyTo(Map<QueueName, Set<String>> keys) {
            if (key != null) {
                keys.computeIfAbsent(new QueueName(queue), name -> new HashSet<>())
                        .add(key);
            }
        }
    }

    /** Which jobs were changed, and whether a worker may have something to do now. */
    private record Outcome(Set<Long> ended, boolean mayWake) {}
}
