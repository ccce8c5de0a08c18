package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Repeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How jobs come into {@code queue.jobs}. */
final class Enqueueing {

    /** The most jobs, and about the most characters, of one statement. */
    private static final int CHUNK_JOBS = 5_000;

    private static final long CHUNK_CHARACTERS = 16_000_000;

    private final Database database;

    Enqueueing(Database database) {
        this.database = database;
    }

    List<Enqueued> enqueue(List<NewJob> jobs) {
        return database.change(handle -> {
            Map<UniqueJob, Long> holders = new HashMap<>();
            List<Enqueued> answers = new ArrayList<>(jobs.size());
            int from = 0;
            while (from < jobs.size()) {
                List<NewJob> chunk = jobs.subList(from, endOfChunk(jobs, from));
                enqueue(handle, chunk, holders, answers);
                from += chunk.size();
            }
            return answers;
        });
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

    /**
     * @param holders the jobs that have the keys which were asked for so far
     * @param answers the answers so far; those for the chunk are added
     */
    private static void enqueue(
            Handle handle, List<NewJob> chunk, Map<UniqueJob, Long> holders, List<Enqueued> answers) {
        Map<UniqueJob, NewJob> wanted = new LinkedHashMap<>();
        List<NewJob> toAdd = new ArrayList<>(chunk.size());
        for (NewJob job : chunk) {
            Optional<UniqueJob> key = UniqueJob.of(job);
            if (key.isEmpty() || !holders.containsKey(key.get()) && wanted.putIfAbsent(key.get(), job) == null) {
                toAdd.add(job);
            }
        }
        List<Added> added = add(handle, toAdd);
        Map<UniqueJob, Long> newKeys = new HashMap<>();
        List<Long> withoutKey = new ArrayList<>();
        for (Added row : added) {
            if (row.key() == null) {
                withoutKey.add(row.id());
            } else {
                newKeys.put(row.key(), row.id());
            }
        }
        List<UniqueJob> taken = wanted.keySet().stream()
                .filter(key -> !newKeys.containsKey(key))
                .toList();
        holders.putAll(newKeys);
        holders.putAll(holdersOf(handle, taken));
        int next = 0;
        for (NewJob job : chunk) {
            Optional<UniqueJob> key = UniqueJob.of(job);
            if (key.isEmpty()) {
                answers.add(new Enqueued(new JobId(withoutKey.get(next++)), true));
            } else {
                // The first to ask for a key has added it, the others meet it.
                boolean isNew = newKeys.remove(key.get()) != null;
                answers.add(new Enqueued(new JobId(holders.get(key.get())), isNew));
            }
        }
    }

    /** Adds what is not there yet; the rows come back in the order of the jobs, because ids are drawn in it. */
    private static List<Added> add(Handle handle, List<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("""
                        INSERT INTO queue.jobs
                            (type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay,
                             state, attempt, created_at, run_at, token)
                        SELECT type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay,
                               'pending', 0, statement_timestamp(),
                               coalesce(run_at::timestamptz, statement_timestamp()), 0
                        FROM unnest(:types, :queues, :payloads, :priorities, :uniqueKeys,
                                    :maxAttempts, :firstDelays, :maxDelays, :runAts)
                             WITH ORDINALITY AS job
                                 (type, queue, payload, priority, unique_key,
                                  max_attempts, first_delay, max_delay, run_at, place)
                        ORDER BY place
                        ON CONFLICT (queue, type, unique_key) WHERE unique_key IS NOT NULL DO NOTHING
                        RETURNING id, queue, type, unique_key
                        """)
                .bindArray("types", String.class, column(jobs, job -> job.type().value()))
                .bindArray(
                        "queues", String.class, column(jobs, job -> job.queue().value()))
                .bindArray(
                        "payloads",
                        String.class,
                        column(jobs, job -> job.payload().value()))
                .bindArray("priorities", Integer.class, column(jobs, NewJob::priority))
                .bindArray(
                        "uniqueKeys",
                        String.class,
                        column(jobs, job -> job.uniqueKey().orElse(null)))
                .bindArray(
                        "maxAttempts",
                        Integer.class,
                        column(jobs, job -> job.retry().maxAttempts()))
                .bindArray(
                        "firstDelays",
                        Long.class,
                        column(jobs, job -> Delays.toMicros(job.retry().firstDelay())))
                .bindArray(
                        "maxDelays",
                        Long.class,
                        column(jobs, job -> Delays.toMicros(job.retry().maxDelay())))
                .bindArray(
                        "runAts",
                        String.class,
                        column(jobs, job -> job.runAt().map(Instant::toString).orElse(null)))
                .map((row, context) -> new Added(
                        row.getLong("id"),
                        UniqueJob.of(row.getString("queue"), row.getString("type"), row.getString("unique_key"))))
                .list();
    }

    /**
     * The jobs that have the keys.
     *
     * @throws Repeat if one has just ended: its key is free again, and the new job must still get an id in its place
     */
    private static Map<UniqueJob, Long> holdersOf(Handle handle, List<UniqueJob> keys) {
        Map<UniqueJob, Long> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        handle.createQuery("""
                        SELECT id, jobs.queue, jobs.type, jobs.unique_key
                        FROM queue.jobs
                        JOIN unnest(:queues, :types, :uniqueKeys) AS wanted (queue, type, unique_key)
                          ON jobs.queue = wanted.queue
                         AND jobs.type = wanted.type
                         AND jobs.unique_key = wanted.unique_key
                        """)
                .bindArray(
                        "queues",
                        String.class,
                        keys.stream().map(UniqueJob::queue).toArray())
                .bindArray(
                        "types",
                        String.class,
                        keys.stream().map(UniqueJob::type).toArray())
                .bindArray(
                        "uniqueKeys",
                        String.class,
                        keys.stream().map(UniqueJob::key).toArray())
                .map((row, context) -> new Added(
                        row.getLong("id"),
                        UniqueJob.of(row.getString("queue"), row.getString("type"), row.getString("unique_key"))))
                .forEach(row -> found.put(row.key(), row.id()));
        if (found.size() < keys.size()) {
            throw new Repeat("jobs with the same unique keys kept ending");
        }
        return found;
    }

    private static Object[] column(List<NewJob> jobs, Function<NewJob, @Nullable Object> value) {
        return jobs.stream().map(value).toArray();
    }

    private record Added(long id, @Nullable UniqueJob key) {}

    /** What no two pending or running jobs may share. */
    private record UniqueJob(String queue, String type, String key) {

        static Optional<UniqueJob> of(NewJob job) {
            return job.uniqueKey()
                    .map(key -> new UniqueJob(job.queue().value(), job.type().value(), key));
        }

        static @Nullable UniqueJob of(String queue, String type, @Nullable String key) {
            return key == null ? null : new UniqueJob(queue, type, key);
        }
    }
}
