package io.aipanel.sqlite.jobs;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A page of jobs, finished or not. Each state that is wanted is a search of its own that goes along an index from the
 * newest job on; SQLite merges them and stops at the limit, however long the history is.
 */
final class JobQuery {

    private final List<String> searches = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    JobQuery(JobFilter filter, PageRequest page) {
        StringBuilder conditions = new StringBuilder("id < :before");
        values.put(
                "before", page.after().map(cursor -> cursor.ofSize(1).number(0)).orElse(Long.MAX_VALUE));
        values.put("limit", page.limit() + 1);
        filter.queue().ifPresent(queue -> {
            conditions.append(" AND queue = :queue");
            values.put("queue", queue.value());
        });
        filter.type().ifPresent(type -> {
            conditions.append(" AND type = :type");
            values.put("type", type.value());
        });
        for (JobState state : JobState.values()) {
            if (filter.state().isEmpty() || filter.state().get() == state) {
                searches.add(search(state, conditions));
            }
        }
    }

    List<Job> run(Handle handle) {
        String sql = String.join(" UNION ALL ", searches) + " ORDER BY id DESC LIMIT :limit";
        try (Query query = handle.createQuery(sql)) {
            return query.bindMap(values)
                    .map((row, context) -> JobColumns.read(row))
                    .list();
        }
    }

    private static String search(JobState state, CharSequence conditions) {
        // The second condition says nothing new to us, but lets SQLite use the index of jobs that did not end well.
        String wanted = "state = '" + state.wireName() + "'"
                + (state == JobState.DEAD_LETTER || state == JobState.CANCELLED ? " AND state <> 'completed'" : "");
        return state.isFinished()
                ? "SELECT " + JobColumns.OF_FINISHED_JOBS + " FROM finished_jobs WHERE " + wanted + " AND " + conditions
                : "SELECT " + JobColumns.OF_JOBS + " FROM jobs WHERE " + wanted + " AND " + conditions;
    }
}
