package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.NewJob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The rows of new jobs, many at a time. */
final class NewJobs {

    /** In the order of the jobs, because ids are drawn in it. */
    private static final String INSERT = """
            INSERT INTO queue.jobs
                (lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                 max_delay, state, attempt, created_at, run_at, token)
            SELECT lanes.id, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                   max_delay, 'pending', 0, statement_timestamp(),
                   coalesce(run_at::timestamptz, statement_timestamp() + delay * interval '1 microsecond'), 0
            FROM unnest(:types, :queues, :payloads, :priorities, :uniqueKeys, :concurrencyKeys,
                        :maxAttempts, :firstDelays, :maxDelays, :runAts, :delays)
                 WITH ORDINALITY AS job
                     (type, queue, payload, priority, unique_key, concurrency_key,
                      max_attempts, first_delay, max_delay, run_at, delay, place)
            JOIN queue.lanes USING (queue, type, priority)
            ORDER BY place
            ON CONFLICT (queue, type, unique_key) WHERE unique_key IS NOT NULL DO NOTHING
            RETURNING id
            """;

    private NewJobs() {}

    /** Adds jobs without unique keys; the ids are in the order of the jobs. */
    static List<Long> add(Handle handle, List<NewJob> jobs) {
        return bind(handle.createQuery(INSERT), jobs).mapTo(Long.class).list();
    }

    /**
     * Adds jobs whose unique keys are not taken by a pending or running one.
     *
     * @param withoutKey filled with the ids of the jobs without a key, in their order
     * @return the ids of the others that were added
     */
    static Map<UniqueJob, Long> addUnique(Handle handle, List<NewJob> jobs, List<Long> withoutKey) {
        Map<UniqueJob, Long> added = new HashMap<>();
        if (!jobs.isEmpty()) {
            bind(handle.createQuery(INSERT + ", queue, type, unique_key"), jobs)
                    .map((row, context) -> {
                        long id = row.getLong("id");
                        if (row.getString("unique_key") == null) {
                            withoutKey.add(id);
                        } else {
                            added.put(UniqueJob.of(row), id);
                        }
                        return id;
                    })
                    .list();
        }
        return added;
    }

    /** Removes jobs that nobody else has seen yet; ids that are null are left out. */
    static void takeBack(Handle handle, List<@Nullable Long> ids) {
        Object[] added = ids.stream().filter(Objects::nonNull).toArray();
        if (added.length > 0) {
            handle.createUpdate("DELETE FROM queue.jobs WHERE id = ANY (:ids)")
                    .bindArray("ids", Long.class, added)
                    .execute();
        }
    }

    private static Query bind(Query query, List<NewJob> jobs) {
        return query.bindArray(
                        "types", String.class, column(jobs, job -> job.type().value()))
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
                        "concurrencyKeys",
                        String.class,
                        column(jobs, job -> job.concurrencyKey().orElse(null)))
                .bindArray(
                        "maxAttempts",
                        Integer.class,
                        column(
                                jobs,
                                job -> job.retry()
                                        .map(retry -> retry.maxAttempts())
                                        .orElse(null)))
                .bindArray(
                        "firstDelays",
                        Long.class,
                        column(
                                jobs,
                                job -> job.retry()
                                        .map(retry -> Delays.toMicros(retry.firstDelay()))
                                        .orElse(null)))
                .bindArray(
                        "maxDelays",
                        Long.class,
                        column(
                                jobs,
                                job -> job.retry()
                                        .map(retry -> Delays.toMicros(retry.maxDelay()))
                                        .orElse(null)))
                .bindArray(
                        "runAts",
                        String.class,
                        column(jobs, job -> job.runAt().map(Object::toString).orElse(null)))
                .bindArray(
                        "delays",
                        Long.class,
                        column(jobs, job -> job.delay().map(Delays::toMicros).orElse(0L)));
    }

    private static @Nullable Object[] column(List<NewJob> jobs, Function<NewJob, @Nullable Object> value) {
        return jobs.stream().map(value).toArray();
    }
}
