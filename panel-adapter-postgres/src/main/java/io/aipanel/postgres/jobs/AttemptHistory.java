package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.postgres.storage.Rows;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** {@code queue.failures}: how attempts failed. Rows are added while the job is still in {@code queue.jobs} and ours. */
final class AttemptHistory {

    private AttemptHistory() {}

    /** Notes that the attempts of jobs have ended with their leases. */
    static void lost(Handle handle, List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("""
                            INSERT INTO queue.failures (job, attempt, started_at, ended_at, worker, type, message, trace)
                            SELECT id, attempt, started_at, clock_timestamp(), worker, :type, :message, :trace
                            FROM queue.jobs WHERE id = ANY (:ids)
                            """)
                    .bindArray("ids", Long.class, ids.toArray())
                    .bind("type", JobError.LEASE_ENDED.type())
                    .bind("message", JobError.LEASE_ENDED.message())
                    .bind("trace", JobError.LEASE_ENDED.trace())
                    .execute();
        }
    }

    /** Notes that attempts have failed. */
    static void failed(Handle handle, List<JobEnd.Failed> ends) {
        if (!ends.isEmpty()) {
            handle.createUpdate("""
                            INSERT INTO queue.failures (job, attempt, started_at, ended_at, worker, type, message, trace)
                            SELECT id, attempt, started_at, clock_timestamp(), worker,
                                   failed.type, failed.message, failed.trace
                            FROM unnest(:ids, :types, :messages, :traces) AS failed (id, type, message, trace)
                            JOIN queue.jobs USING (id)
                            """)
                    .bindArray(
                            "ids",
                            Long.class,
                            column(ends, end -> end.lease().jobId().value()))
                    .bindArray(
                            "types",
                            String.class,
                            column(ends, end -> end.error().type()))
                    .bindArray(
                            "messages",
                            String.class,
                            column(ends, end -> end.error().message()))
                    .bindArray(
                            "traces",
                            String.class,
                            column(ends, end -> end.error().trace()))
                    .execute();
        }
    }

    /** How the attempts of a job failed, the first one first. */
    static List<JobFailure> of(Handle handle, JobId job) {
        return handle.createQuery("""
                        SELECT attempt, started_at, ended_at, worker, type, message, trace
                        FROM queue.failures WHERE job = :job ORDER BY attempt
                        """)
                .bind("job", job.value())
                .map((row, context) -> new JobFailure(
                        row.getInt("attempt"),
                        Rows.time(row, "started_at"),
                        Rows.time(row, "ended_at"),
                        row.getString("worker"),
                        new JobError(row.getString("type"), row.getString("message"), row.getString("trace"))))
                .list();
    }

    private static Object[] column(List<JobEnd.Failed> ends, Function<JobEnd.Failed, Object> value) {
        return ends.stream().map(value).toArray();
    }
}
