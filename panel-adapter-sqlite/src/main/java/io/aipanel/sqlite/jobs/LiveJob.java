package io.aipanel.sqlite.jobs;

import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What there is to know of a pending or running job before it is changed. */
record LiveJob(
        long id,
        long token,
        long lane,
        boolean running,
        boolean cancelRequested,
        Optional<ConcurrencyKeys.Waiting> concurrencyKey) {

    /** What {@link #read} reads, out of {@code jobs}. */
    static final String COLUMNS = "id, token, lane, lease_until IS NOT NULL, cancel_requested, concurrency_key, queue";

    static LiveJob read(Rows row) {
        return new LiveJob(
                row.number(),
                row.number(),
                row.number(),
                row.flag(),
                row.flag(),
                row.optionalText().map(key -> new ConcurrencyKeys.Waiting(row.text(), key)));
    }

    /** The pending and running ones among some ids, by id. */
    static List<LiveJob> of(StoreConnection queue, Collection<Long> ids) {
        List<LiveJob> jobs = new ArrayList<>(ids.size());
        try (Rows row = queue.rows(
                "SELECT " + COLUMNS + " FROM jobs WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                statement -> statement.setString(1, Json.numbers(ids)))) {
            while (row.next()) {
                jobs.add(read(row));
            }
        }
        return jobs;
    }

    static Set<ConcurrencyKeys.Waiting> concurrencyKeys(Collection<LiveJob> jobs) {
        return jobs.stream().flatMap(job -> job.concurrencyKey().stream()).collect(Collectors.toSet());
    }

    static List<Long> ids(Collection<LiveJob> jobs) {
        return jobs.stream().map(LiveJob::id).toList();
    }
}
