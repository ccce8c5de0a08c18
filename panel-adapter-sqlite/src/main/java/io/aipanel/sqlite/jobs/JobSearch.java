package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for jobs in the order of their ids. Each table is searched on its own along the index that leads straight to the
 * wanted jobs, no further than to the limit: what else there is costs nothing.
 */
final class JobSearch {

    private final JobFilter filter;
    private final boolean newestFirst;
    private final long from;
    private final int limit;
    private final List<Object> values = new ArrayList<>();

    private JobSearch(JobFilter filter, boolean newestFirst, long from, int limit) {
        this.filter = filter;
        this.newestFirst = newestFirst;
        this.from = from;
        this.limit = limit;
    }

    /** From the newest job on, those before an id. */
    static JobSearch before(long id, JobFilter filter, int limit) {
        return new JobSearch(filter, true, id, limit);
    }

    /** From the oldest job on, those after an id. */
    static JobSearch after(long id, JobFilter filter, int limit) {
        return new JobSearch(filter, false, id, limit);
    }

    /** Finished or not. */
    <T> List<T> all(StoreConnection queue, Function<Rows, T> read) {
        List<String> searches = new ArrayList<>();
        if (filter.state().filter(JobState::isFinished).isEmpty()) {
            searches.add(live(JobColumns.OF_JOBS, ""));
        }
        if (filter.state().map(JobState::isFinished).orElse(true)) {
            searches.add("SELECT " + JobColumns.OF_FINISHED_JOBS + " FROM finished_jobs WHERE id IN ("
                    + ids("finished_jobs", "") + ")");
        }
        return run(queue, String.join(" UNION ALL ", searches), read);
    }

    /** Those among the pending and running ones for which a condition holds. */
    <T> List<T> live(StoreConnection queue, String columns, String condition, Function<Rows, T> read) {
        return run(queue, live(columns, condition), read);
    }

    /** Those among the finished ones. */
    <T> List<T> finished(StoreConnection queue, String columns, Function<Rows, T> read) {
        return run(
                queue,
                "SELECT " + columns + " FROM finished_jobs WHERE id IN (" + ids("finished_jobs", "") + ")",
                read);
    }

    private String live(String columns, String condition) {
        return "SELECT " + columns + " FROM jobs WHERE id IN (" + ids("jobs", condition) + ")";
    }

    private <T> List<T> run(StoreConnection queue, String searches, Function<Rows, T> read) {
        values.add(limit);
        List<T> found = new ArrayList<>();
        try (Rows row = queue.rows(searches + " ORDER BY 1" + direction() + " LIMIT ?", statement -> {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
        })) {
            while (row.next()) {
                found.add(read.apply(row));
            }
        }
        return found;
    }

    /** The ids of the wanted jobs in a table, no more than the limit, or than are running. */
    private String ids(String table, String condition) {
        Optional<JobState> state = filter.state();
        if (filter.uniqueKey().isPresent()) {
            return byUniqueKey(table, condition);
        }
        if (state.filter(JobState.RUNNING::equals).isPresent()) {
            return running(condition);
        }
        boolean ofFewStates = state.filter(wanted -> wanted == JobState.DEAD_LETTER || wanted == JobState.CANCELLED)
                .isPresent();
        return ofFewStates || filter.queue().isPresent() || filter.type().isPresent()
                ? byLane(table, condition, ofFewStates)
                : "SELECT id FROM (SELECT id FROM " + table + " WHERE " + range("id") + state(state) + condition
                        + order() + ")";
    }

    private String byUniqueKey(String table, String condition) {
        values.add(filter.uniqueKey().orElseThrow());
        String sql = "SELECT id FROM (SELECT id FROM " + table + " WHERE unique_key = ? AND " + range("id")
                + state(filter.state()) + condition;
        return sql + lanes(" AND ", table) + order() + ")";
    }

    private String running(String condition) {
        return "SELECT id FROM jobs WHERE state = 'running' AND lane IN (SELECT id FROM lanes"
                + lanes(" WHERE ", "lanes") + ") AND " + range("+id") + condition;
    }

    /** In each lane no more than the limit. */
    private String byLane(String table, String condition, boolean notCompleted) {
        // The second condition says nothing new to us, but lets SQLite use the index of jobs that did not end well.
        String search =
                "SELECT found.id FROM lanes CROSS JOIN " + table + " found ON found.id IN (SELECT id FROM " + table
                        + " WHERE lane = lanes.id AND " + range("id") + state(filter.state())
                        + (notCompleted ? " AND state <> 'completed'" : "") + condition + order() + ")";
        return search + lanes(" WHERE ", "lanes");
    }

    private String range(String id) {
        values.add(from);
        return id + (newestFirst ? " < ?" : " > ?");
    }

    private static String state(Optional<JobState> state) {
        return state.map(wanted -> " AND state = '" + wanted.wireName() + "'").orElse("");
    }

    private String lanes(String keyword, String table) {
        StringBuilder sql = new StringBuilder();
        filter.queue().ifPresent(queue -> {
            sql.append(keyword).append(table).append(".queue = ?");
            values.add(queue.value());
        });
        filter.type().ifPresent(type -> {
            sql.append(sql.isEmpty() ? keyword : " AND ").append(table).append(".type = ?");
            values.add(type.value());
        });
        return sql.toString();
    }

    private String order() {
        values.add(limit);
        return " ORDER BY id" + direction() + " LIMIT ?";
    }

    private String direction() {
        return newestFirst ? " DESC" : "";
    }
}
