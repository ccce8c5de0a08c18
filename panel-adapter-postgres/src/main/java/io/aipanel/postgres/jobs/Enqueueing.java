package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.postgres.storage.Repeat;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

/** How jobs come into {@code queue.jobs}. */
final class Enqueueing {

    /** The most jobs, and about the most characters, of one statement. */
    private static final int CHUNK_JOBS = 5_000;

    private static final long CHUNK_CHARACTERS = 16_000_000;

    private final QueueStore store;

    Enqueueing(QueueStore store) {
        this.store = store;
    }

    /** Adds jobs in a transaction of its own, or in the one that the store is within. */
    List<Enqueued> enqueue(List<NewJob> jobs) {
        store.lanes().ensure(store.database(), jobs);
        AtomicBoolean isRunAgain = new AtomicBoolean();
        Added added = store.database().change(handle -> {
            if (isRunAgain.getAndSet(true)) {
                // Perhaps because the tables were exchanged for older ones, which lack lanes that were there.
                store.lanes().forget();
                Lanes.make(handle, jobs);
            }
            List<Enqueued> answers = enqueue(handle, jobs);
            // Asked for only where somebody may have looked past the new jobs already.
            Optional<Instant> since =
                    jobs.stream().anyMatch(job -> store.floors(job.queue()).areInUse())
                            ? Optional.of(beginOfTransaction(handle))
                            : Optional.empty();
            return new Added(answers, since);
        });
        added.since().ifPresent(since -> lowerFloors(jobs, since));
        return added.answers();
    }

    /**
     * Adds jobs, whose lanes are there, within a transaction.
     *
     * @throws Repeat if others were in the way, and a new transaction would help
     */
    static List<Enqueued> enqueue(Handle handle, List<NewJob> jobs) {
        Map<UniqueJob, Long> holders = new HashMap<>();
        List<Enqueued> answers = new ArrayList<>(jobs.size());
        int from = 0;
        while (from < jobs.size()) {
            List<NewJob> chunk = jobs.subList(from, endOfChunk(jobs, from));
            if (chunk.stream().anyMatch(job -> job.uniqueKey().isPresent())) {
                enqueueUnique(handle, chunk, holders, answers);
            } else {
                enqueuePlain(handle, chunk, answers);
            }
            from += chunk.size();
        }
        return answers;
    }

    private static int endOfChunk(List<NewJob> jobs, int from) {
        int end = from;
        long characters = 0;
        while (end < jobs.size() && end - from < CHUNK_JOBS && characters < CHUNK_CHARACTERS) {
            characters += jobs.get(end).payload().value().length();
            end++;
        }
        return end;
    }

    private static void enqueuePlain(Handle handle, List<NewJob> chunk, List<Enqueued> answers) {
        List<Long> ids = NewJobs.add(handle, chunk);
        requireLanes(ids.size() == chunk.size());
        ids.forEach(id -> answers.add(new Enqueued(new JobId(id), true)));
    }

    /**
     * @param holders the jobs that have the keys which were asked for so far
     * @param answers the answers so far; those for the chunk are added
     */
    private static void enqueueUnique(
            Handle handle, List<NewJob> chunk, Map<UniqueJob, Long> holders, List<Enqueued> answers) {
        Map<UniqueJob, NewJob> wanted = new LinkedHashMap<>();
        List<NewJob> toAdd = new ArrayList<>(chunk.size());
        for (NewJob job : chunk) {
            Optional<UniqueJob> key = UniqueJob.of(job);
            if (key.isEmpty() || !holders.containsKey(key.get()) && wanted.putIfAbsent(key.get(), job) == null) {
                toAdd.add(job);
            }
        }
        List<Long> withoutKey = new ArrayList<>();
        Map<UniqueJob, Long> added = NewJobs.addUnique(handle, toAdd, withoutKey);
        requireLanes(withoutKey.size() + wanted.size() == toAdd.size());
        // Looked at after the insertion, which has waited for everyone who was about to end a job with such a key.
        Map<UniqueJob, Long> recent = RecentKeys.holdersOf(handle, wanted.keySet());
        NewJobs.takeBack(handle, recent.keySet().stream().map(added::remove).toList());
        RecentKeys.keep(
                handle,
                added,
                wanted.values().stream()
                        .filter(job -> job.uniqueFor().isPresent())
                        .toList());
        Set<UniqueJob> taken = new HashSet<>(wanted.keySet());
        taken.removeAll(added.keySet());
        taken.removeAll(recent.keySet());
        holders.putAll(recent);
        holders.putAll(added);
        holders.putAll(holdersOf(handle, taken));
        int next = 0;
        for (NewJob job : chunk) {
            Optional<UniqueJob> key = UniqueJob.of(job);
            if (key.isEmpty()) {
                answers.add(new Enqueued(new JobId(withoutKey.get(next++)), true));
            } else {
                // The first to ask for a key has added it, the others meet it.
                boolean isNew = added.remove(key.get()) != null;
                answers.add(new Enqueued(new JobId(holders.get(key.get())), isNew));
            }
        }
    }

    /**
     * The jobs that have the keys.
     *
     * @throws Repeat if one has just ended: its key is free again, and the new job must still get an id in its place
     */
    private static Map<UniqueJob, Long> holdersOf(Handle handle, Collection<UniqueJob> keys) {
        Map<UniqueJob, Long> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        UniqueJob.bind(handle.createQuery("""
                        SELECT id, jobs.queue, jobs.type, jobs.unique_key
                        FROM queue.jobs
                        JOIN unnest(:queues, :types, :uniqueKeys) AS wanted (queue, type, unique_key)
                          ON jobs.queue = wanted.queue
                         AND jobs.type = wanted.type
                         AND jobs.unique_key = wanted.unique_key
                        """), keys)
                .map((row, context) -> Map.entry(UniqueJob.of(row), row.getLong("id")))
                .forEach(holder -> found.put(holder.getKey(), holder.getValue()));
        if (found.size() < keys.size()) {
            throw new Repeat("jobs with the same unique keys kept ending");
        }
        return found;
    }

    private static void requireLanes(boolean allThere) {
        if (!allThere) {
            throw new Repeat("lanes of the queue kept vanishing");
        }
    }

    private static Instant beginOfTransaction(Handle handle) {
        return handle.createQuery("SELECT transaction_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    private void lowerFloors(List<NewJob> jobs, Instant since) {
        for (NewJob job : jobs) {
            store.floors(job.queue()).lower(store.lanes().id(job), job.runAt().orElse(since), 0);
        }
    }

    /** The answers, and since when there may be new jobs, if somebody needs to know. */
    private record Added(List<Enqueued> answers, Optional<Instant> since) {}
}
