package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Which jobs a filter lets through. */
final class FilteredJobs {

    private FilteredJobs() {}

    /** The filter as further conditions on either table. */
    static String conditions(JobFilter filter) {
        StringBuilder conditions = new StringBuilder();
        filter.queue().ifPresent(queue -> conditions.append(" AND queue = :queue"));
        filter.type().ifPresent(type -> conditions.append(" AND type = :type"));
        filter.uniqueKey().ifPresent(key -> conditions.append(" AND unique_key = :uniqueKey"));
        filter.state().ifPresent(state -> conditions.append(" AND state = :state"));
        if (filter.state()
                .filter(state -> state.isFinished() && state != JobState.COMPLETED)
                .isPresent()) {
            // Said in so many words, so that the index on the others is found.
            conditions.append(" AND state <> 'completed'");
        }
        return conditions.toString();
    }

    /** Binds the values of {@link #conditions}. */
    static <S extends SqlStatement<S>> S bind(S statement, JobFilter filter) {
        filter.queue().ifPresent(queue -> statement.bind("queue", queue.value()));
        filter.type().ifPresent(type -> statement.bind("type", type.value()));
        filter.uniqueKey().ifPresent(key -> statement.bind("uniqueKey", key));
        filter.state().ifPresent(state -> statement.bind("state", state.wireName()));
        return statement;
    }

    /** The lowest ids of jobs that have not ended and are not being cancelled. */
    static List<Long> pendingAndRunning(Handle handle, JobFilter filter, Optional<JobId> after, int max) {
        return ids(handle, "queue.jobs", " AND NOT cancel_requested", filter, after, max);
    }

    /** The lowest ids of jobs that have ended. */
    static List<Long> finished(Handle handle, JobFilter filter, Optional<JobId> after, int max) {
        return ids(handle, "queue.finished_jobs", "", filter, after, max);
    }

    private static List<Long> ids(
            Handle handle, String table, String condition, JobFilter filter, Optional<JobId> after, int max) {
        String sql = "SELECT id FROM " + table + " WHERE id > :after" + condition + conditions(filter)
                + " ORDER BY id LIMIT :max";
        return bind(handle.createQuery(sql), filter)
                .bind("after", after.map(JobId::value).orElse(0L))
                .bind("max", max)
                .mapTo(Long.class)
                .list();
    }
}
