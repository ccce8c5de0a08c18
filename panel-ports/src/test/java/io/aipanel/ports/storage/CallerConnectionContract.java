package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.untried;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/**
 * How jobs are added within a transaction of the caller's own database connection: a capability. Where the engine lacks it,
 * each rule is that it is refused by name.
 */
public interface CallerConnectionContract extends StoreContract {

    /**
     * A connection of the caller's own to the database of a storage, not in auto-commit mode; the test closes it.
     *
     * @return empty if the engine has no database server that a caller could use, too
     */
    Optional<Connection> callersConnection(StorageHarness harness) throws SQLException;

    /** What a caller does with its connection. */
    @FunctionalInterface
    interface Use {
        /** Does it. */
        void with(Storage storage, Connection connection) throws SQLException;
    }

    private void where(Use use) {
        try (StorageHarness harness = fresh()) {
            Optional<Connection> mine = callersConnection(harness);
            if (mine.isPresent()) {
                try (Connection connection = mine.get()) {
                    use.with(harness.storage(), connection);
                }
            } else {
                assertRefusedByName(harness.storage());
            }
        } catch (SQLException e) {
            throw new AssertionError("the caller's connection works", e);
        }
    }

    private static void assertRefusedByName(Storage storage) {
        Connection untouched = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("a connection that is of no use is not touched: " + method.getName());
                });
        UnsupportedOperationException refused = Refusal.of(
                UnsupportedOperationException.class,
                "what the engine cannot do is refused",
                () -> storage.enqueueWithin(untouched, List.of(work())));
        assertThat(refused).as("the refusal says what can be done instead").hasMessageContaining("enqueue");
        assertThat(storage.jobs().counts()).as("nothing was added").isEmpty();
    }

    @Test
    default void jobsAreThereIfTheCallerCommits() {
        where((storage, connection) -> {
            NewJob wanted = work().payload("{ \"x\" : 1}")
                    .priority(7)
                    .uniqueKey("key", Duration.ofHours(1))
                    .concurrencyKey("a");

            List<Enqueued> answers =
                    storage.enqueueWithin(connection, List.of(wanted, work().uniqueKey("key"), work()));

            assertThat(answers)
                    .as("one answer per job, in the given order, as of any enqueue")
                    .extracting(Enqueued::isNew)
                    .containsExactly(true, false, true);
            assertThat(storage.jobs().counts())
                    .as("nobody sees jobs before the caller commits")
                    .isEmpty();
            assertThat(connection.isClosed()).as("the connection is not closed").isFalse();
            connection.commit();
            JobId id = answers.get(0).id();
            Job added = job(storage.jobs(), id);
            assertThat(added)
                    .as("jobs are there if the caller commits, with every part")
                    .isEqualTo(untried(id, wanted, added.createdAt(), added.createdAt()));
            assertThat(storage.jobs().claim(request(9))).as("they can run").hasSize(2);
        });
    }

    @Test
    default void jobsAreGoneIfTheCallerRollsBack() {
        where((storage, connection) -> {
            storage.enqueueWithin(connection, List.of(work().uniqueKey("key", Duration.ofHours(1))));
            connection.rollback();

            assertThat(storage.jobs().counts())
                    .as("jobs are not there if the caller rolls back")
                    .isEmpty();
            assertThat(storage.jobs().enqueue(List.of(work().uniqueKey("key"))))
                    .as("a key that was never given is free")
                    .allMatch(Enqueued::isNew);
        });
    }

    @Test
    default void whatTheCallerChangesIsCommittedWithTheJobs() {
        where((storage, connection) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE callers_own (number INTEGER)");
                storage.enqueueWithin(connection, List.of(work()));
                statement.execute("INSERT INTO callers_own VALUES (1)");
                connection.commit();
                storage.enqueueWithin(connection, List.of(work()));
                statement.execute("INSERT INTO callers_own VALUES (2)");
                connection.rollback();
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM callers_own")) {
                    rows.next();
                    assertThat(rows.getInt(1))
                            .as("what the caller changes stands or falls with the jobs")
                            .isEqualTo(1);
                }
                connection.commit();
            }
            assertThat(storage.jobs().claim(request(9)))
                    .as("the jobs stand or fall with what the caller changes")
                    .hasSize(1);
        });
    }

    @Test
    default void aConnectionInAutoCommitModeIsRefused() {
        where((storage, connection) -> {
            connection.setAutoCommit(true);
            Refusal.of(
                    IllegalArgumentException.class,
                    "a connection in auto-commit mode has no transaction to join",
                    () -> storage.enqueueWithin(connection, List.of(work())));
            assertThat(storage.jobs().counts()).as("a refusal adds nothing").isEmpty();
        });
    }

    @Test
    default void tooManyJobsAreRefused() {
        where((storage, connection) -> {
            Refusal.of(
                    IllegalArgumentException.class,
                    "an enqueue holds at most 100 000 jobs",
                    () -> storage.enqueueWithin(connection, Collections.nCopies(100_001, work())));
            assertThat(storage.enqueueWithin(connection, List.of()))
                    .as("no job, no answer")
                    .isEmpty();
            connection.commit();
            assertThat(storage.jobs().counts()).as("nothing was added").isEmpty();
        });
    }

    @Test
    default void whoWaitsForJobsHearsOfTheCallersCommit() {
        where((storage, connection) -> {
            Semaphore heard = new Semaphore(0);
            try (Storage.Subscription subscription = storage.listen(Storage.Topic.JOBS, heard::release)) {
                storage.enqueueWithin(connection, List.of(work()));
                heard.drainPermits();
                connection.commit();
                await("a job that the caller has committed is told")
                        .atMost(Duration.ofSeconds(10))
                        .until(heard::tryAcquire);
                assertThat(subscription).as("it goes on until it is closed").isNotNull();
            }
        });
    }
}
