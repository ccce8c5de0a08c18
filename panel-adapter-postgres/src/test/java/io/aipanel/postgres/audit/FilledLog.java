package io.aipanel.postgres.audit;

import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.postgres.PostgresStorageHarness;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.PostgresUrl;
import io.aipanel.postgres.storage.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/** A log with many events, one a minute, that the server knows well, to ask how it goes about its statements. */
final class FilledLog implements AutoCloseable {

    static final int EVENTS = 40_000;
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant MIDDLE = BEGIN.plusSeconds(60 * EVENTS / 2);

    private final PostgresStorageHarness harness;
    private final Transactions transactions;

    private FilledLog(PostgresStorageHarness harness, Transactions transactions) {
        this.harness = harness;
        this.transactions = transactions;
    }

    static FilledLog inPartitions(int number) throws SQLException {
        PostgresStorageHarness harness = PostgresStorageHarness.forOneTest();
        StorageOptions options = harness.options();
        PoolOptions pool = PoolOptions.of(options.engineOptions());
        Connections target = new Connections(PostgresUrl.parse(options.url()), options, pool);
        for (int i = 1; i < number; i++) {
            harness.execute("UPDATE audit.tree SET next_partition_at = now(), size = " + EVENTS / number * i);
            harness.execute("SELECT audit.begin_partition()");
        }
        harness.execute("""
                INSERT INTO audit.events (index, at, actor, action, target, outcome, address, request_id, details)
                SELECT n, '%s'::timestamptz + n * interval '1 min',
                       CASE WHEN n < 4000 THEN 'user:gone' ELSE 'user:' || n %% 20 END, 'area' || n %% 5 || '.do-' || n %% 30,
                       CASE WHEN n %% 4 = 0 THEN '' ELSE 'site:' || n %% 200 END,
                       CASE WHEN n %% 50 = 0 THEN 'refused' ELSE 'success' END,
                       '192.0.2.' || n %% 200, 'request-' || to_char(n, 'FM000000'), '{"n": ' || n || '}'
                FROM generate_series(0, %d - 1) AS n
                """.formatted(BEGIN, EVENTS));
        harness.execute("VACUUM (ANALYZE) audit.events");
        return new FilledLog(
                harness, new Transactions(target, new Failures(target.location()), pool, options.timeout()));
    }

    /** Runs the query and answers how the server went about it. */
    Plan explain(Function<Handle, Query> query) {
        return transactions.read(handle -> {
            handle.getConfig(SqlStatements.class)
                    .setTemplateEngine(
                            (sql, context) -> "EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, COSTS OFF) " + sql);
            return new Plan(
                    String.join("\n", query.apply(handle).mapTo(String.class).list()));
        });
    }

    @Override
    public void close() {
        transactions.close();
        harness.close();
    }
}
