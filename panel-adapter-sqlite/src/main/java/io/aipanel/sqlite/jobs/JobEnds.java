package io.aipanel.sqlite.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ends attempts: sorts the jobs by what becomes of them, then writes each kind as a whole. */
final class JobEnds {

    private final StoreConnection queue;
    private final Instant now;
    private final List<LiveJob> ended = new ArrayList<>();
    private final Map<LiveJob, @Nullable String> completed = new LinkedHashMap<>();
    private final Map<Long, JobError> failed = new LinkedHashMap<>();
    private final Map<Long, Instant> again = new LinkedHashMap<>();
    private final List<Long> released = new ArrayList<>();
    private final List<LiveJob> dead = new ArrayList<>();
    private final List<LiveJob> cancelled = new ArrayList<>();

    private JobEnds(StoreConnection queue, Instant now) {
        this.queue = queue;
        this.now = now;
    }

    static List<Boolean> run(StoreConnection queue, List<JobEnd> ends, Instant now) {
        Leases leases = new Leases(queue, ends.stream().map(JobEnd::lease).toList());
        JobEnds sorted = new JobEnds(queue, now);
        List<Boolean> answers = new ArrayList<>(ends.size());
        for (JobEnd end : ends) {
            Optional<LiveJob> job = leases.end(end.lease());
            job.ifPresent(latest -> sorted.sort(latest, end));
            answers.add(job.isPresent());
        }
        sorted.write();
        return answers;
    }

    private void sort(LiveJob job, JobEnd end) {
        ended.add(job);
        if (end instanceof JobEnd.Completed completion) {
            completed.put(job, completion.result().map(JsonText::value).orElse(null));
        } else if (end instanceof JobEnd.Failed failure) {
            failed.put(job.id(), failure.error());
            if (failure.retryAfter().isEmpty()) {
                dead.add(job);
            } else if (job.cancelRequested()) {
                cancelled.add(job);
            } else {
                again.put(job.id(), now.plus(failure.retryAfter().get()));
            }
        } else if (end instanceof JobEnd.Released) {
            released.add(job.id());
            if (job.cancelRequested()) {
                cancelled.add(job);
            }
        }
    }

    private void write() {
        Failures.add(queue, failed, now);
        tryAgain();
        release();
        Archive.add(queue, JobState.COMPLETED, completed, now);
        Archive.add(queue, JobState.DEAD_LETTER, dead, now);
        Archive.add(queue, JobState.CANCELLED, cancelled, now);
        var keys = LiveJob.concurrencyKeys(ended);
        ConcurrencyKeys.letNextOut(queue, keys);
        if (!again.isEmpty() || !released.isEmpty() || !keys.isEmpty() || isAnyLimited()) {
            queue.announce(Topic.JOBS);
        }
    }

    private void tryAgain() {
        queue.changeEach("""
                UPDATE jobs SET state = 'pending', run_at = ?, lease_until = NULL WHERE id = ?
                """, again.entrySet(), (statement, job) -> {
            statement.setLong(1, Columns.of(job.getValue()));
            statement.setLong(2, job.getKey());
        });
    }

    /** An attempt that does not count leaves no trace, unless there was one before it. */
    private void release() {
        if (released.isEmpty()) {
            return;
        }
        queue.change("""
                UPDATE jobs
                SET state = 'pending', attempt = attempt - 1, run_at = min(run_at, ?1), lease_until = NULL,
                    started_at = CASE WHEN attempt > 1 THEN started_at END,
                    worker = CASE WHEN attempt > 1 THEN worker END,
                    progress_percent = NULL, progress_text = NULL
                WHERE id IN (SELECT value FROM json_each(?2))
                """, statement -> {
            statement.setLong(1, Columns.of(now));
            statement.setString(2, Json.numbers(released));
        });
    }

    /** Whether the end of a job may let another one start. */
    private boolean isAnyLimited() {
        String lanes = Json.numbers(ended.stream().map(LiveJob::lane).collect(Collectors.toSet()));
        try (Rows row = queue.rows("""
                SELECT 1 FROM lanes l JOIN queues q ON q.name = l.queue
                WHERE l.id IN (SELECT value FROM json_each(?)) AND q.max_running IS NOT NULL LIMIT 1
                """, statement -> statement.setString(1, lanes))) {
            return row.next();
        }
    }
}
