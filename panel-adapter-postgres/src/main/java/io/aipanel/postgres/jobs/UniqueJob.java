package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.NewJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;

/** What no two pending or running jobs may share. */
record UniqueJob(String queue, String type, String key) {

    /** The unique key of a job with its queue and type; empty if it has none. */
    static Optional<UniqueJob> of(NewJob job) {
        return job.uniqueKey()
                .map(key -> new UniqueJob(job.queue().value(), job.type().value(), key));
    }

    /** Reads the columns {@code queue}, {@code type} and {@code unique_key}, which is not null. */
    static UniqueJob of(ResultSet row) throws SQLException {
        return new UniqueJob(row.getString("queue"), row.getString("type"), row.getString("unique_key"));
    }

    /** Binds {@code :queues}, {@code :types} and {@code :uniqueKeys}. */
    static Query bind(Query query, Collection<UniqueJob> keys) {
        return query.bindArray("queues", String.class, column(keys, UniqueJob::queue))
                .bindArray("types", String.class, column(keys, UniqueJob::type))
                .bindArray("uniqueKeys", String.class, column(keys, UniqueJob::key));
    }

    private static Object[] column(Collection<UniqueJob> keys, Function<UniqueJob, String> value) {
        return keys.stream().map(value).toArray();
    }
}
