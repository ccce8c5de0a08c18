package io.aipanel.sqlite.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The jobs of a lane that can be taken, by time, then id: those that wait, or those whose lease has ended. */
final class LaneCursor implements AutoCloseable {

    /** By the job that each has come to. */
    static final Comparator<LaneCursor> ORDER =
            Comparator.<LaneCursor>comparingLong(cursor -> cursor.runAt).thenComparingLong(cursor -> cursor.id);

    private static final String COLUMNS =
            " id, run_at, cancel_requested, concurrency_key, token, attempt, created_at, payload, "
                    + JobDetails.OF_JOBS;

    private final DueLane lane;
    private final boolean abandoned;
    private final Rows row;
    private long id;
    private long runAt;
    private boolean cancelRequested;
    private Optional<String> concurrencyKey = Optional.empty();

    private LaneCursor(DueLane lane, boolean abandoned, Rows row) {
        this.lane = lane;
        this.abandoned = abandoned;
        this.row = row;
    }

    /** Those that wait. Read as far as is asked for, along the index. */
    static LaneCursor pending(StoreConnection queue, DueLane lane, Instant now) {
        return new LaneCursor(lane, false, queue.rows("SELECT" + COLUMNS + """
                 FROM jobs WHERE lane = ? AND state = 'pending' AND held = 0 AND run_at <= ? ORDER BY run_at, id
                """, statement -> {
            statement.setLong(1, lane.id());
            statement.setLong(2, Columns.of(now));
        }));
    }

    /** Those whose lease has ended, which are few. */
    static LaneCursor abandoned(StoreConnection queue, DueLane lane, Instant now, int max) {
        return new LaneCursor(lane, true, queue.rows("SELECT" + COLUMNS + """
                 FROM jobs WHERE lane = ? AND state = 'running' AND lease_until <= ? ORDER BY run_at, id LIMIT ?
                """, statement -> {
            statement.setLong(1, lane.id());
            statement.setLong(2, Columns.of(now));
            statement.setInt(3, max);
        }));
    }

    /** Goes to the next job; false if there is none. */
    boolean next() {
        if (!row.next()) {
            return false;
        }
        id = row.number();
        runAt = row.number();
        cancelRequested = row.flag();
        concurrencyKey = row.optionalText();
        return true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    long id() {
        return id;
    }

    Optional<String> concurrencyKey() {
        return concurrencyKey;
    }

    boolean isCancelRequested() {
        return cancelRequested;
    }

    /** The job as it will be when it is the worker's. To be asked once: this reads the rest of its columns. */
    ClaimedJob take(ClaimRequest request, Instant now) {
        Lease lease = new Lease(new JobId(id), row.number() + 1);
        int attempt = row.integer() + 1;
        Instant createdAt = row.time();
        JsonText payload = new JsonText(row.text());
        JobDetails details = JobDetails.read(row);
        Job job = new Job(
                lease.jobId(),
                lane.type(),
                request.queue(),
                payload,
                lane.priority(),
                details.uniqueKey(),
                details.concurrencyKey(),
                details.retry(),
                JobState.RUNNING,
                attempt,
                details.earlierAttempts(),
                createdAt,
                Timestamps.ofEpochMicros(runAt),
                Optional.of(now),
                Optional.empty(),
                Optional.of(request.worker()),
                abandoned ? Optional.of(JobError.LEASE_ENDED.summary()) : details.lastError(),
                Optional.empty(),
                Optional.empty(),
                false);
        return new ClaimedJob(job, lease, now.plus(request.lease()));
    }

    @Override
    public void close() {
        row.close();
    }
}
