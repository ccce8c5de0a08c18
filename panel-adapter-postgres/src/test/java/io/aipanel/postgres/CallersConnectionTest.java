package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What jobs that are added on a caller's own connection leave of it, and of everybody else. */
final class CallersConnectionTest {

    @Test
    void theConnectionStaysAsItWas() throws SQLException {
        try (PostgresStorageHarness harness = PostgresStorageHarness.direct();
                Connection connection = harness.callersConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            run(connection, "SET search_path = pg_catalog");
            run(connection, "SET statement_timeout = 12345");
            run(connection, "SET synchronous_commit = local");
            connection.commit();

            harness.storage()
                    .enqueueWithin(
                            connection,
                            List.of(NewJob.of("work"), NewJob.of("work").uniqueKey("key")));

            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.isClosed()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(List.of(
                            setting(connection, "search_path"),
                            setting(connection, "statement_timeout"),
                            setting(connection, "synchronous_commit")))
                    .containsExactly("pg_catalog", "12345ms", "local");
            connection.rollback();
            assertThat(setting(connection, "search_path")).isEqualTo("pg_catalog");
        }
    }

    @Test
    void aTransactionThatStaysOpenHoldsUpNobodyElse() throws SQLException {
        try (PostgresStorageHarness harness = PostgresStorageHarness.direct();
                Storage other = harness.openAnother(options -> options);
                Connection connection = harness.callersConnection()) {
            NewJob job = NewJob.of("unused-so-far").queue("new");
            Enqueued within =
                    harness.storage().enqueueWithin(connection, List.of(job)).get(0);

            CompletableFuture<List<Enqueued>> beside =
                    CompletableFuture.supplyAsync(() -> other.jobs().enqueue(List.of(job)));

            assertThat(beside.orTimeout(20, TimeUnit.SECONDS).join())
                    .as("others add jobs of the same kind meanwhile")
                    .hasSize(1);
            connection.commit();
            assertThat(harness.storage().jobs().job(within.id())).isPresent();
        }
    }

    @Test
    void aKeyThatIsTakenAnswersWithItsJobAndTheTransactionGoesOn() throws SQLException {
        try (PostgresStorageHarness harness = PostgresStorageHarness.direct();
                Connection connection = harness.callersConnection()) {
            JobId holder = harness.storage()
                    .jobs()
                    .enqueue(List.of(NewJob.of("work").uniqueKey("key")))
                    .get(0)
                    .id();

            List<Enqueued> answers = harness.storage()
                    .enqueueWithin(connection, List.of(NewJob.of("work").uniqueKey("key"), NewJob.of("work")));
            connection.commit();

            assertThat(answers.get(0)).isEqualTo(new Enqueued(holder, false));
            assertThat(harness.storage().jobs().job(answers.get(1).id())).isPresent();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_setting('" + name + "')")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
