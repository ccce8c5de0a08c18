package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.postgres.jobs.Ending.Ended;
import io.aipanel.postgres.storage.Repeat;
import io.aipanel.postgres.storage.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What people do to jobs: cancel them, and have them tried again. One job and many go the same way. */
final class OperatorChanges {

    private final QueueStore store;

    OperatorChanges(QueueStore store) {
        this.store = store;
    }

    JobChange cancel(JobId id) {
        return store.database()
                .change(handle -> {
                    Optional<JobState> state = state(handle, id);
                    if (state.isEmpty()) {
                        return new Change<>(JobChange.NOT_FOUND, Set.<Topic>of());
                    }
                    if (state.get().isFinished()) {
                        return new Change<>(JobChange.WRONG_STATE, Set.<Topic>of());
                    }
                    Set<Topic> topics = new HashSet<>();
                    if (cancel(handle, List.of(id.value()), topics) == 0) {
                        throw new Repeat("the job kept changing its state");
                    }
                    return new Change<>(JobChange.DONE, topics);
                })
                .told(store);
    }

    BulkChange cancel(JobFilter filter, Optional<JobId> after, int max) {
        if (filter.state().filter(JobState::isFinished).isPresent()) {
            return new BulkChange(0, 0, Optional.empty());
        }
        return store.database()
                .change(handle -> {
                    List<Long> ids = FilteredJobs.pendingAndRunning(handle, filter, after, max);
                    Set<Topic> topics = new HashSet<>();
                    return new Change<>(bulk(ids, cancel(handle, ids, topics), 0, max), topics);
                })
                .told(store);
    }

    JobChange retry(JobId id) {
        return store.database()
                .change(handle -> {
                    Optional<JobState> state = state(handle, id);
                    if (state.isEmpty()) {
                        return new Change<>(JobChange.NOT_FOUND, Set.<Topic>of());
                    }
                    if (!state.get().isFinished() || state.get() == JobState.COMPLETED) {
                        return new Change<>(JobChange.WRONG_STATE, Set.<Topic>of());
                    }
                    if (retry(handle, List.of(id.value())) == 1) {
                        return new Change<>(JobChange.DONE, Set.of(Topic.JOBS));
                    }
                    // Still there, its key is taken; gone, somebody else was quicker.
                    return new Change<>(
                            stillFinished(handle, List.of(id.value())) == 1
                                    ? JobChange.KEY_TAKEN
                                    : JobChange.WRONG_STATE,
                            Set.<Topic>of());
                })
                .told(store);
    }

    BulkChange retry(JobFilter filter, Optional<JobId> after, int max) {
        JobState state = filter.state().orElse(JobState.DEAD_LETTER);
        if (state != JobState.DEAD_LETTER && state != JobState.CANCELLED) {
            return new BulkChange(0, 0, Optional.empty());
        }
        return store.database()
                .change(handle -> {
                    List<Long> ids = FilteredJobs.finished(handle, filter.state(state), after, max);
                    int changed = retry(handle, ids);
                    return new Change<>(
                            bulk(ids, changed, changed < ids.size() ? stillFinished(handle, ids) : 0, max),
                            changed == 0 ? Set.<Topic>of() : Set.of(Topic.JOBS));
                })
                .told(store);
    }

    private static BulkChange bulk(List<Long> ids, int changed, int skipped, int max) {
        Optional<JobId> last = ids.size() < max ? Optional.empty() : Optional.of(new JobId(ids.get(ids.size() - 1)));
        return new BulkChange(changed, skipped, last);
    }

    /** Looks into both tables at one time: a job is always in one of them. */
    private static Optional<JobState> state(Handle handle, JobId id) {
        return handle.createQuery("""
                        SELECT state FROM queue.jobs WHERE id = :id
                        UNION ALL
                        SELECT state FROM queue.finished_jobs WHERE id = :id
                        """)
                .bind("id", id.value())
                .map((row, context) -> JobState.ofWireName(row.getString("state")))
                .findOne();
    }

    private static int stillFinished(Handle handle, List<Long> ids) {
        return handle.createQuery("SELECT count(*) FROM queue.finished_jobs WHERE id = ANY (:ids)")
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Cancels those of the jobs that have not ended.
     *
     * @param topics filled with what is to be told after the commit
     * @return how many
     */
    private int cancel(Handle handle, List<Long> ids, Set<Topic> topics) {
        if (ids.isEmpty()) {
            return 0;
        }
        QueueLocks.acquire(handle, QueueLocks.neededFor(handle, ids));
        List<Ending> pending = new ArrayList<>();
        List<Long> running = new ArrayList<>();
        handle.createQuery("SELECT id, state FROM queue.jobs WHERE id = ANY (:ids) ORDER BY id FOR UPDATE")
                .bindArray("ids", Long.class, ids.toArray())
                .map((row, context) -> row.getString("state").equals(JobState.RUNNING.wireName())
                        ? running.add(row.getLong("id"))
                        : pending.add(Ending.anyhow(row.getLong("id"), JobState.CANCELLED, null)))
                .list();
        if (!running.isEmpty()) {
            handle.createUpdate("UPDATE queue.jobs SET cancel_requested = true WHERE id = ANY (:ids)")
                    .bindArray("ids", Long.class, running.toArray())
                    .execute();
            topics.add(Topic.CANCELLATIONS);
        }
        Map<QueueName, Set<String>> keys = Ended.keys(Ending.end(handle, pending));
        if (!keys.isEmpty()) {
            HeldJobs.release(handle, store, keys);
            topics.add(Topic.JOBS);
        }
        return running.size() + pending.size();
    }

    /** Has those of the finished jobs tried again whose unique keys are free; answers how many. */
    private int retry(Handle handle, List<Long> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        List<Again> again = handle.createQuery("""
                        WITH finished AS MATERIALIZED (
                            SELECT * FROM queue.finished_jobs
                            WHERE id = ANY (:ids) AND state IN ('dead-letter', 'cancelled')
                            ORDER BY id FOR UPDATE
                        )
                        INSERT INTO queue.jobs
                            (id, lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts,
                             first_delay, max_delay, attempt, earlier_attempts, created_at, run_at, started_at, worker,
                             last_error, progress_percent, progress_text, log_lines, token, state)
                        SELECT id, lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts,
                               first_delay, max_delay, attempt, attempt, created_at, statement_timestamp(), started_at,
                               worker, last_error, progress_percent, progress_text, log_lines, token, 'pending'
                        FROM finished
                        ON CONFLICT (queue, type, unique_key) WHERE unique_key IS NOT NULL DO NOTHING
                        RETURNING id, queue, type, unique_key, lane, run_at
                        """)
                .bindArray("ids", Long.class, ids.toArray())
                .map((row, context) -> {
                    store.floors(new QueueName(row.getString("queue")))
                            .lower(row.getInt("lane"), Rows.time(row, "run_at"), row.getLong("id"));
                    return new Again(row.getLong("id"), row.getString("unique_key") == null ? null : UniqueJob.of(row));
                })
                .list();
        // Looked at after the insertion, which has waited for everyone who was about to end a job with such a key.
        Map<UniqueJob, Long> recent = RecentKeys.holdersOf(
                handle,
                again.stream()
                        .flatMap(job -> Optional.ofNullable(job.key()).stream())
                        .toList());
        List<Again> taken = again.stream().filter(job -> job.isTaken(recent)).toList();
        NewJobs.takeBack(handle, taken.stream().map(Again::id).toList());
        List<Long> moved = again.stream()
                .filter(job -> !taken.contains(job))
                .map(Again::id)
                .toList();
        Tallies.remove(handle, moved);
        return moved.size();
    }

    /** A job that is pending again, if nobody else keeps its key. */
    private record Again(long id, @Nullable UniqueJob key) {

        boolean isTaken(Map<UniqueJob, Long> recent) {
            Long holder = key == null ? null : recent.get(key);
            return holder != null && holder != id;
        }
    }

    /** An answer, and what is to be told after the commit. */
    private record Change<T>(T answer, Set<Topic> topics) {

        T told(QueueStore store) {
            topics.forEach(store.news());
            return answer;
        }
    }
}
