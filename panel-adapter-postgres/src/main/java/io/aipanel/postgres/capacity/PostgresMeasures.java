package io.aipanel.postgres.capacity;

import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.ports.capacity.StorageMeasures;
import io.aipanel.postgres.storage.Database;
import java.util.List;
import java.util.Optional;

/** What the server says about itself, out of its statistics. */
public final class PostgresMeasures implements StorageMeasures {

    private final Database database;

    /** @param database where the statements run */
    public PostgresMeasures(Database database) {
        this.database = database;
    }

    @Override
    public boolean limitsApply() {
        return false;
    }

    @Override
    public long auditBytes() {
        return number("""
                SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
                WHERE relnamespace = CAST('audit' AS regnamespace) AND relkind = 'r'
                """);
    }

    @Override
    public long endedJobs() {
        return number("SELECT coalesce(sum(ended), 0)::bigint FROM queue.tallies");
    }

    @Override
    public List<EngineFigure> engineFigures() {
        return List.of(
                new EngineFigure(
                        "connections",
                        "Connections to the server, of everyone, and how many it takes",
                        figure("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"),
                        "connections",
                        figure("SELECT current_setting('max_connections')")),
                new EngineFigure(
                        "queue-dead-rows",
                        "Rows of ended jobs that vacuum has not yet cleared out of the queue",
                        figure(
                                "SELECT n_dead_tup FROM pg_stat_user_tables WHERE schemaname = 'queue' AND relname = 'jobs'"),
                        "rows",
                        Optional.empty()),
                new EngineFigure(
                        "replication-lag",
                        "How far the slowest standby is behind",
                        figure(
                                "SELECT extract(epoch FROM max(coalesce(replay_lag, interval '0'))) FROM pg_stat_replication"),
                        "seconds",
                        Optional.empty()),
                new EngineFigure(
                        "oldest-transaction",
                        "How long the oldest transaction has been open; vacuum clears nothing that is younger",
                        figure("""
                                SELECT extract(epoch FROM max(clock_timestamp() - xact_start)) FROM pg_stat_activity
                                WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
                                """),
                        "seconds",
                        Optional.empty()));
    }

    private long number(String sql) {
        return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private Optional<Double> figure(String sql) {
        return database.read(handle -> handle.createQuery(sql)
                .map((row, context) -> Optional.ofNullable(row.getString(1)).map(Double::valueOf))
                .one());
    }
}
