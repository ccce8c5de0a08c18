package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.BulkChange;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Cancels jobs: pending ones at once, of running ones it is noted that somebody asked. */
final class JobCancel {

    private JobCancel() {}

    static JobChange one(StoreConnection queue, JobId id, Instant now) {
        List<LiveJob> jobs = LiveJob.of(queue, List.of(id.value()));
        if (!jobs.isEmpty()) {
            cancel(queue, jobs, now);
            return JobChange.DONE;
        }
        try (Rows row =
                queue.rows("SELECT 1 FROM finished_jobs WHERE id = ?", statement -> statement.setLong(1, id.value()))) {
            return row.next() ? JobChange.WRONG_STATE : JobChange.NOT_FOUND;
        }
    }

    static BulkChange many(StoreConnection queue, JobFilter filter, Optional<JobId> after, int max, Instant now) {
        if (filter.state().filter(JobState::isFinished).isPresent()) {
            return new BulkChange(0, 0, Optional.empty());
        }
        List<LiveJob> found = JobSearch.after(BulkPart.start(after), filter, BulkPart.limit(max))
                .live(queue, LiveJob.COLUMNS, " AND cancel_requested = 0", LiveJob::read);
        BulkPart<LiveJob> part = BulkPart.of(found, max);
        cancel(queue, part.items(), now);
        return new BulkChange(part.items().size(), 0, part.last(LiveJob::id));
    }

    private static void cancel(StoreConnection queue, List<LiveJob> jobs, Instant now) {
        List<LiveJob> running = jobs.stream().filter(LiveJob::running).toList();
        if (!running.isEmpty()) {
            queue.change(
                    "UPDATE jobs SET cancel_requested = 1 WHERE id IN (SELECT value FROM json_each(?))",
                    statement -> statement.setString(1, Json.numbers(LiveJob.ids(running))));
            queue.announce(Topic.CANCELLATIONS);
        }
        List<LiveJob> pending = jobs.stream().filter(job -> !job.running()).toList();
        Archive.add(queue, JobState.CANCELLED, pending, now);
        // One that was about to start may have been the only one with its key that was not held.
        var keys = LiveJob.concurrencyKeys(pending);
        ConcurrencyKeys.letNextOut(queue, keys);
        if (!keys.isEmpty()) {
            queue.announce(Topic.JOBS);
        }
    }
}
