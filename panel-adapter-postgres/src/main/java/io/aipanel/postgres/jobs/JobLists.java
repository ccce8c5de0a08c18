package io.aipanel.postgres.jobs;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.storage.Database;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.Query;

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
        StringBuilder where = new StringBuilder("WHERE id < :before");
        filter.queue().ifPresent(queue -> where.append(" AND queue = :queue"));
        filter.type().ifPresent(type -> where.append(" AND type = :type"));
        filter.state().ifPresent(state -> where.append(" AND state = :state"));
        if (filter.state()
                .filter(state -> state.isFinished() && state != JobState.COMPLETED)
                .isPresent()) {
            // Said in so many words, so that the index on the others is found.
            where.append(" AND state <> 'completed'");
        }
        String part = where + " ORDER BY id DESC LIMIT :limit";
        String sql = "(SELECT " + JobRow.OF_JOBS + " FROM queue.jobs " + part + ") UNION ALL (SELECT "
                + JobRow.OF_FINISHED_JOBS + " FROM queue.finished_jobs " + part + ") ORDER BY id DESC LIMIT :limit";
        List<Job> found = database.read(handle -> {
            Query query = handle.createQuery(sql);
            filter.queue().ifPresent(queue -> query.bind("queue", queue.value()));
            filter.type().map(JobType::value).ifPresent(type -> query.bind("type", type));
            filter.state().map(JobState::wireName).ifPresent(state -> query.bind("state", state));
            return query.bind(
                            "before",
                            page.after()
                                    .map(cursor -> cursor.ofSize(1).number(0))
                                    .orElse(Long.MAX_VALUE))
                    .bind("limit", page.limit() + 1)
                    .map((row, context) -> JobRow.job(row))
                    .list();
        });
        return Page.of(found, page.limit(), last -> Cursor.of(last.id().toString()));
    }

    List<QueueCounts> counts() {
        Map<QueueName, Map<JobState, Long>> counts = new TreeMap<>();
        database.read(handle -> {
            handle.createQuery("""
                            SELECT queue, state, count(*) AS jobs FROM queue.jobs GROUP BY queue, state
                            UNION ALL
                            SELECT queue, state, count(*) FROM queue.finished_jobs GROUP BY queue, state
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
}
