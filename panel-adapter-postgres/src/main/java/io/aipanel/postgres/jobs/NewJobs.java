package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.postgres.storage.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The rows of new jobs, many at a time. */
final class NewJobs {

    /** Written out once for each lane, not for each job. */
    private static final String LANES = """
            WITH lane AS MATERIALIZED (
                SELECT number, id, queue, type, priority
                FROM unnest(:queues, :types, :priorities) WITH ORDINALITY AS wanted (queue, type, priority, number)
                JOIN queue.lanes USING (queue, type, priority)
            )
            """;

    /** Jobs that say no more than most do. In the order of the jobs, because ids are drawn in it. */
    static final String INSERT_PLAIN = LANES + """
            INSERT INTO queue.jobs
                (lane, type, queue, payload, priority, state, attempt, created_at, run_at, token)
            SELECT lane.id, type, queue, payload, priority, 'pending', 0, statement_timestamp(), statement_timestamp(), 0
            FROM unnest(:numbers, :payloads) WITH ORDINALITY AS job (number, payload, place)
            JOIN lane USING (number)
            ORDER BY place
            RETURNING id
            """;

    private static final String INSERT = LANES + """
            INSERT INTO queue.jobs
                (lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                 max_delay, state, attempt, created_at, run_at, token)
            SELECT lane.id, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                   max_delay, 'pending', 0, statement_timestamp(),
                   coalesce(run_at::timestamptz, statement_timestamp() + delay * interval '1 microsecond'), 0
            FROM unnest(:numbers, :payloads, :uniqueKeys, :concurrencyKeys,
                        :maxAttempts, :firstDelays, :maxDelays, :runAts, :delays)
                 WITH ORDINALITY AS job
                     (number, payload, unique_key, concurrency_key,
                      max_attempts, first_delay, max_delay, run_at, delay, place)
            JOIN lane USING (number)
            ORDER BY place
            ON CONFLICT (queue, type, unique_key) WHERE unique_key IS NOT NULL DO NOTHING
            RETURNING id
            """;

    private NewJobs() {}

    /** Adds jobs without unique keys; the ids are in the order of the jobs. */
    static List<Long> add(Handle handle, List<NewJob> jobs) {
        Query query = jobs.stream().allMatch(NewJobs::isPlain)
                ? bindPlain(handle.createQuery(INSERT_PLAIN), jobs)
                : bind(handle.createQuery(INSERT), jobs);
        return query.map((row, context) -> row.getLong(1)).list();
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

    private static boolean isPlain(NewJob job) {
        return job.uniqueKey().isEmpty()
                && job.concurrencyKey().isEmpty()
                && job.retry().isEmpty()
                && job.runAt().isEmpty()
                && job.delay().isEmpty();
    }

    /** Binds what {@link #INSERT_PLAIN} needs. */
    static Query bindPlain(Query query, List<NewJob> jobs) {
        Map<Lanes.Lane, Integer> lanes = new LinkedHashMap<>();
        List<Integer> numbers = new ArrayList<>(jobs.size());
        for (NewJob job : jobs) {
            numbers.add(lanes.computeIfAbsent(Lanes.Lane.of(job), lane -> lanes.size() + 1));
        }
        return query.bind("queues", Columns.texts(lanes.keySet(), Lanes.Lane::queue))
                .bind("types", Columns.texts(lanes.keySet(), Lanes.Lane::type))
                .bind("priorities", Columns.integers(lanes.keySet(), Lanes.Lane::priority))
                .bind("numbers", Columns.integers(numbers, number -> number))
                .bind("payloads", Columns.texts(jobs, job -> job.payload().value()));
    }

    private static Query bind(Query query, List<NewJob> jobs) {
        return bindPlain(query, jobs)
                .bind("uniqueKeys", Columns.texts(jobs, job -> job.uniqueKey().orElse(null)))
                .bind(
                        "concurrencyKeys",
                        Columns.texts(jobs, job -> job.concurrencyKey().orElse(null)))
                .bind("maxAttempts", Columns.integers(jobs, job -> retry(job, RetryPolicy::maxAttempts)))
                .bind(
                        "firstDelays",
                        Columns.longs(jobs, job -> retry(job, retry -> Delays.toMicros(retry.firstDelay()))))
                .bind("maxDelays", Columns.longs(jobs, job -> retry(job, retry -> Delays.toMicros(retry.maxDelay()))))
                .bind(
                        "runAts",
                        Columns.texts(
                                jobs, job -> job.runAt().map(Instant::toString).orElse(null)))
                .bind(
                        "delays",
                        Columns.longs(
                                jobs, job -> job.delay().map(Delays::toMicros).orElse(0L)));
    }

    private static <T> @Nullable T retry(NewJob job, Function<RetryPolicy, T> value) {
        return job.retry().map(value).orElse(null);
    }
}
