package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings jobs back from the history, unless another one has their unique key now. */
final class JobRetry {

    /** What {@link Ended#read} reads, out of {@code finished_jobs}. */
    private static final String COLUMNS = "id, lane, state, unique_key, queue, type";

    private record Ended(long id, long lane, JobState state, Optional<UniqueKeys.Key> uniqueKey) {
        static Ended read(Rows row) {
            return new Ended(
                    row.number(),
                    row.number(),
                    JobState.ofWireName(row.text()),
                    row.optionalText().map(key -> new UniqueKeys.Key(row.text(), row.text(), key)));
        }
    }

    private JobRetry() {}

    static JobChange one(StoreConnection queue, JobId id, Instant now) {
        Optional<Ended> ended = find(queue, id);
        if (ended.isEmpty()) {
            return LiveJob.of(queue, List.of(id.value())).isEmpty() ? JobChange.NOT_FOUND : JobChange.WRONG_STATE;
        }
        if (ended.get().state() == JobState.COMPLETED) {
            return JobChange.WRONG_STATE;
        }
        return bringBack(queue, ended.get(), now) ? JobChange.DONE : JobChange.KEY_TAKEN;
    }

    static BulkChange many(StoreConnection queue, JobFilter filter, Optional<JobId> after, int max, Instant now) {
        JobState state = filter.state().orElse(JobState.DEAD_LETTER);
        if (state != JobState.DEAD_LETTER && state != JobState.CANCELLED) {
            return new BulkChange(0, 0, Optional.empty());
        }
        List<Ended> found = JobSearch.after(BulkPart.start(after), filter.state(state), BulkPart.limit(max))
                .finished(queue, COLUMNS, Ended::read);
        BulkPart<Ended> part = BulkPart.of(found, max);
        int changed = 0;
        for (Ended ended : part.items()) {
            changed += bringBack(queue, ended, now) ? 1 : 0;
        }
        return new BulkChange(changed, part.items().size() - changed, part.last(Ended::id));
    }

    private static Optional<Ended> find(StoreConnection queue, JobId id) {
        try (Rows row = queue.rows(
                "SELECT " + COLUMNS + " FROM finished_jobs WHERE id = ?",
                statement -> statement.setLong(1, id.value()))) {
            return row.next() ? Optional.of(Ended.read(row)) : Optional.empty();
        }
    }

    private static boolean bringBack(StoreConnection queue, Ended ended, Instant now) {
        boolean taken = ended.uniqueKey()
                .flatMap(key -> UniqueKeys.holder(queue, key, now))
                .filter(holder -> holder.value() != ended.id())
                .isPresent();
        if (taken) {
            return false;
        }
        queue.change("""
                INSERT INTO jobs
                    (id, lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                     max_delay, attempt, earlier_attempts, created_at, run_at, started_at, worker, last_error, token,
                     progress_percent, progress_text)
                SELECT id, lane, type, queue, payload, priority, unique_key, concurrency_key, max_attempts, first_delay,
                       max_delay, attempt, attempt, created_at, ?, started_at, worker, last_error, token,
                       progress_percent, progress_text
                FROM finished_jobs WHERE id = ?
                """, statement -> {
            statement.setLong(1, Columns.of(now));
            statement.setLong(2, ended.id());
        });
        queue.change("DELETE FROM finished_jobs WHERE id = ?", statement -> statement.setLong(1, ended.id()));
        Tallies.add(queue, ended.state(), Map.of(ended.lane(), -1));
        queue.announce(Topic.JOBS);
        return true;
    }
}
