package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes finished jobs. Goes along the ids from the lowest one on, and stops at the first job that was created at or after
 * the bound: from there on none can have ended before it.
 */
final class Prune {

    private Prune() {}

    /**
     * The jobs to remove, the lowest ids first.
     *
     * @param bound those that ended before this time, in microseconds
     */
    static List<Long> find(StoreConnection queue, JobState state, long bound, int max) {
        if (state == JobState.COMPLETED) {
            return along(queue, "state = 'completed'", statement -> {}, bound, max);
        }
        // There are few of the others, and they are far apart: lane by lane an index leads from one to the next.
        List<Long> ids = new ArrayList<>();
        for (long lane : lanes(queue)) {
            ids.addAll(along(
                    queue,
                    "lane = ? AND state = ? AND state <> 'completed'",
                    statement -> {
                        statement.setLong(1, lane);
                        statement.setString(2, state.wireName());
                    },
                    bound,
                    max));
        }
        return ids.stream().sorted().limit(max).toList();
    }

    private static List<Long> along(
            StoreConnection queue, String condition, StoreConnection.Binding binding, long bound, int max) {
        List<Long> ids = new ArrayList<>();
        try (Rows row = queue.rows(
                "SELECT id, created_at, finished_at FROM finished_jobs WHERE " + condition + " ORDER BY id", binding)) {
            while (ids.size() < max && row.next()) {
                long id = row.number();
                if (row.number() >= bound) {
                    break;
                }
                if (row.number() < bound) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static List<Long> lanes(StoreConnection queue) {
        List<Long> lanes = new ArrayList<>();
        try (Rows row = queue.rows("SELECT id FROM lanes", statement -> {})) {
            while (row.next()) {
                lanes.add(row.number());
            }
        }
        return lanes;
    }

    /** Removes those of some jobs that are still as they were found: somebody may have had one tried again. */
    static int remove(StoreConnection queue, JobState state, long bound, Collection<Long> ids) {
        List<Long> removed = new ArrayList<>();
        Map<Long, Integer> lanes = new HashMap<>();
        try (Rows row = queue.rows("""
                SELECT id, lane FROM finished_jobs
                WHERE id IN (SELECT value FROM json_each(?)) AND state = ? AND finished_at < ?
                """, statement -> {
            statement.setString(1, Json.numbers(ids));
            statement.setString(2, state.wireName());
            statement.setLong(3, bound);
        })) {
            while (row.next()) {
                removed.add(row.number());
                lanes.merge(row.number(), -1, Integer::sum);
            }
        }
        String json = Json.numbers(removed);
        for (String table : List.of("finished_jobs WHERE id", "failures WHERE job", "job_log WHERE job")) {
            queue.change(
                    "DELETE FROM " + table + " IN (SELECT value FROM json_each(?))",
                    statement -> statement.setString(1, json));
        }
        Tallies.add(queue, state, lanes);
        return removed.size();
    }
}
