package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.jobs.Floors.Floor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * How claims find jobs: the part of their statements that looks through lanes, and its parameters. Priority by priority
 * from the highest down, and only as far as jobs are wanted; of each lane no more than the first ones, along an index that
 * has them in order. The rows that come out are locked.
 */
final class Search {

    /** The lanes of {@code :queue} and {@code :types}, and from where each is searched. */
    static final String LANES = """
            lane AS MATERIALIZED (
                SELECT lanes.id, lanes.priority, coalesce(floor.run_at::timestamptz, '-infinity') AS run_at,
                       coalesce(floor.job, 0) AS job, coalesce(floor.leased::timestamptz, '-infinity') AS leased
                FROM queue.lanes
                LEFT JOIN unnest(:floorLanes, :floorRunAts, :floorJobs, :floorLeases) AS floor (id, run_at, job, leased)
                       ON floor.id = lanes.id
                WHERE lanes.queue = :queue AND lanes.type = ANY (:types)
            )
            """;

    /**
     * The first {@code :max} of the pending and abandoned jobs that could be taken.
     *
     * @param condition what must hold for anything to be found, asked once
     */
    static String chosen(String condition) {
        return """
                waiting AS MATERIALIZED (
                    SELECT job.*
                    FROM (SELECT DISTINCT priority FROM lane ORDER BY priority DESC) AS level
                    CROSS JOIN LATERAL (
                        SELECT first.*
                        FROM lane
                        CROSS JOIN LATERAL (
                            SELECT id, priority, run_at, concurrency_key, cancel_requested, false AS abandoned
                            FROM queue.jobs
                            WHERE jobs.lane = lane.id AND state = 'pending' AND NOT held
                              AND jobs.run_at <= statement_timestamp()
                              AND (jobs.run_at, jobs.id) > (lane.run_at, lane.job)
                            ORDER BY jobs.run_at, jobs.id
                            LIMIT :maxWaiting
                            FOR UPDATE SKIP LOCKED
                        ) AS first
                        WHERE lane.priority = level.priority
                        ORDER BY first.run_at, first.id
                        LIMIT :maxWaiting
                    ) AS job
                    WHERE %1$s
                    ORDER BY level.priority DESC
                    LIMIT :maxWaiting
                ), abandoned AS MATERIALIZED (
                    SELECT job.*
                    FROM lane
                    CROSS JOIN LATERAL (
                        SELECT id, priority, run_at, concurrency_key, cancel_requested, true AS abandoned,
                               attempt, started_at, worker
                        FROM queue.jobs
                        WHERE jobs.lane = lane.id AND state = 'running'
                          AND lease_until <= statement_timestamp() AND lease_until > lane.leased
                        ORDER BY jobs.run_at, jobs.id
                        LIMIT :max
                        FOR UPDATE SKIP LOCKED
                    ) AS job
                    WHERE %1$s
                ), chosen AS MATERIALIZED (
                    SELECT *
                    FROM (
                        TABLE waiting
                        UNION ALL
                        SELECT id, priority, run_at, concurrency_key, cancel_requested, abandoned FROM abandoned
                    ) AS due
                    ORDER BY priority DESC, run_at, id
                    LIMIT :max
                )
                """.formatted(condition);
    }

    /** What makes a job the worker's. */
    static final String TAKE = """
            UPDATE queue.jobs
            SET state = 'running', attempt = attempt + 1, token = token + 1, worker = :worker,
                started_at = statement_timestamp(), progress_percent = NULL, progress_text = NULL,
                last_error = CASE WHEN state = 'running' THEN :leaseEnded ELSE last_error END,
                lease_until = statement_timestamp() + :lease * interval '1 microsecond'
            """;

    private Search() {}

    /** Binds what {@link #LANES} needs. */
    static <S extends SqlStatement<S>> S bind(
            S statement, QueueName queue, Set<JobType> types, Map<Integer, Floor> floors) {
        List<Map.Entry<Integer, Floor>> raised = floors.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(Floor.NONE))
                .toList();
        return statement
                .bind("queue", queue.value())
                .bindArray("types", String.class, names(types))
                .bindArray("floorLanes", Integer.class, column(raised, Map.Entry::getKey))
                .bindArray(
                        "floorRunAts",
                        String.class,
                        column(raised, lane -> text(lane.getValue().runAt())))
                .bindArray(
                        "floorJobs",
                        Long.class,
                        column(raised, lane -> lane.getValue().id()))
                .bindArray(
                        "floorLeases",
                        String.class,
                        column(raised, lane -> text(lane.getValue().leased())));
    }

    static Object[] names(Collection<JobType> types) {
        return types.stream().map(JobType::value).toArray();
    }

    private static String text(Instant time) {
        return time.equals(Instant.MIN) ? "-infinity" : time.toString();
    }

    private static Object[] column(
            List<Map.Entry<Integer, Floor>> floors, Function<Map.Entry<Integer, Floor>, Object> value) {
        return floors.stream().map(value).toArray();
    }
}
