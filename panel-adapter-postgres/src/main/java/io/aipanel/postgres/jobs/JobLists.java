package io.aipanel.postgres.jobs;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.Database;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What people see of the queue: both tables as one list. */
final class JobLists {

    private final Database database;

    JobLists(Database database) {
        this.database = database;
    }

    Optional<Job> job(JobId id) {
        String sql = "SELECT " + JobRow.OF_JOBS + " FROM queue.jobs WHERE id = :id UNION ALL SELECT "
                + JobRow.OF_FINISHED_JOBS + " FROM queue.finished_jobs WHERE id = :id";
        return database.read(handle -> handle.createQuery(sql)
                .bind("id", id.value())
                .map((row, context) -> JobRow.job(row))
                .findOne());
    }

    Page<Job> page(JobFilter filter, PageRequest page) {
        long before = page.after().map(cursor -> cursor.ofSize(1).number(0)).orElse(Long.MAX_VALUE);
        boolean byLane = filter.queue().isPresent() || filter.type().isPresent();
        List<String> parts = new ArrayList<>();
        for (String condition : hotConditions(filter, byLane)) {
            parts.add("(SELECT " + JobRow.OF_JOBS + " FROM queue.jobs WHERE id < :before" + condition
                    + FilteredJobs.conditions(filter) + " ORDER BY id DESC LIMIT :limit)");
        }
        if (filter.state().isEmpty() || filter.state().get().isFinished()) {
            String part = "SELECT " + JobRow.OF_FINISHED_JOBS + " FROM queue.finished_jobs WHERE id < :before"
                    + FilteredJobs.conditions(filter);
            parts.add(
                    byLane
                            ? "(SELECT job.* FROM unnest(:lanes) AS wanted (lane_id) CROSS JOIN LATERAL (" + part
                                    + " AND lane = lane_id ORDER BY id DESC LIMIT :limit) AS job)"
                            : "(" + part + " ORDER BY id DESC LIMIT :limit)");
        }
        String sql = "SELECT * FROM (" + String.join(" UNION ALL ", parts) + ") AS found ORDER BY id DESC LIMIT :limit";
        List<Job> found = database.look(handle -> FilteredJobs.bind(handle.createQuery(sql), filter)
                .bindArray("lanes", Integer.class, byLane ? lanes(handle, filter) : new Object[0])
                .bind("before", before)
                .bind("limit", page.limit() + 1)
                .map((row, context) -> JobRow.job(row))
                .list());
        return Page.of(found, page.limit(), last -> Cursor.of(last.id().toString()));
    }

    List<QueueCounts> counts() {
        Map<QueueName, Map<JobState, Long>> counts = new TreeMap<>();
        database.read(handle -> {
            handle.createQuery("""
                            SELECT queue, state, count(*)::bigint AS jobs FROM queue.jobs GROUP BY queue, state
                            UNION ALL
                            SELECT queue, state, sum(jobs)::bigint FROM queue.tallies
                            GROUP BY queue, state HAVING sum(jobs) > 0
                            """)
                    .map((row, context) -> counts.computeIfAbsent(
                                    new QueueName(row.getString("queue")), queue -> new EnumMap<>(JobState.class))
                            .put(JobState.ofWireName(row.getString("state")), row.getLong("jobs")))
                    .forEach(replaced -> {});
            return counts;
        });
        return counts.entrySet().stream()
                .map(queue -> new QueueCounts(queue.getKey(), queue.getValue()))
                .toList();
    }

    List<PendingType> pendingTypes() {
        return database.read(handle -> handle.createQuery("""
                        SELECT queue, type, count(*) AS jobs FROM queue.jobs WHERE state = 'pending'
                        GROUP BY queue, type ORDER BY queue, type
                        """)
                .map((row, context) -> new PendingType(
                        new QueueName(row.getString("queue")), new JobType(row.getString("type")), row.getLong("jobs")))
                .list());
    }

    /**
     * The parts in which jobs that have not ended are looked for. A few among very many are found by the lanes, for which
     * each state has an index of its own.
     */
    private static List<String> hotConditions(JobFilter filter, boolean byLane) {
        List<String> conditions = new ArrayList<>();
        boolean pending = filter.state().isEmpty() || filter.state().get() == JobState.PENDING;
        boolean running = filter.state().isEmpty() || filter.state().get() == JobState.RUNNING;
        if (!byLane && pending && running) {
            return List.of("");
        }
        String lanes = byLane ? " AND lane = ANY (:lanes)" : "";
        if (pending) {
            conditions.add(" AND state = 'pending' AND NOT held" + lanes);
            conditions.add(" AND state = 'pending' AND held" + lanes);
        }
        if (running) {
            conditions.add(" AND state = 'running'" + lanes);
        }
        return conditions;
    }

    private static Object[] lanes(Handle handle, JobFilter filter) {
        JobFilter ofLanes = new JobFilter(filter.queue(), filter.type(), Optional.empty(), Optional.empty());
        return FilteredJobs.bind(
                        handle.createQuery("SELECT id FROM queue.lanes WHERE true" + FilteredJobs.conditions(ofLanes)),
                        ofLanes)
                .mapTo(Integer.class)
                .list()
                .toArray();
    }
}
