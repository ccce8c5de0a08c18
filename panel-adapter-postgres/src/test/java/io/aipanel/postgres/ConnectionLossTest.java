package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import io.aipanel.postgres.storage.PoolOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers are told when the connection or the server goes away, and that it goes on when it is back. */
final class ConnectionLossTest {

    private final TestServer server = TestServer.shared();
    private String database;
    private TcpProxy proxy;
    private Storage storage;

    @BeforeEach
    void open() {
        database = server.migratedDatabase();
        proxy = TcpProxy.to(server.port());
        storage = new PostgresStorageProvider().open(options(Duration.ofSeconds(20)));
    }

    @AfterEach
    void close() {
        storage.close();
        proxy.close();
        server.drop(database);
    }

    @Test
    void aConnectionThatBreaksInMidRequestIsReplaced() throws SQLException {
        CompletableFuture<List<StoredSetting>> answer;
        try (Connection holder = holdSettings()) {
            answer = CompletableFuture.supplyAsync(() -> storage.settings().settings());
            awaitSomebodyWaits(holder);
            proxy.cut();
        }

        assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join())
                .as("nothing was changed yet, so the same is asked on another connection")
                .isEmpty();
    }

    @Test
    void aServerThatGoesAwayInMidRequestIsUnreachableUntilItIsBack() throws SQLException {
        try (Connection holder = holdSettings()) {
            CompletableFuture<Throwable> failure =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> put("panel.name")));
            awaitSomebodyWaits(holder);
            proxy.goAway();

            assertUnavailable(failure.orTimeout(20, TimeUnit.SECONDS).join(), Reason.UNREACHABLE);
        }
        assertThat(storage.health())
                .as("health tells of each store")
                .hasSize(3)
                .allSatisfy(health -> assertThat(health.problem()).isPresent());

        proxy.comeBack();

        await("it goes on without a restart").until(() -> catchThrowable(() -> put("panel.name")) == null);
        assertThat(storage.health())
                .allSatisfy(health -> assertThat(health.problem()).isEmpty());
    }

    @Test
    void aCommitThatIsLostOnTheWayThereHasAnUnknownOutcome() {
        proxy.breakNextCommit(TcpProxy.AtCommit.BEFORE_IT_IS_SENT);

        assertUnavailable(catchThrowable(() -> put("panel.name")), Reason.OUTCOME_UNKNOWN);

        assertThat(storage.settings().setting(new SettingName("panel.name")))
                .as("this time it is not there")
                .isEmpty();
    }

    @Test
    void aCommitThatIsLostOnTheWayBackHasAnUnknownOutcome() {
        proxy.breakNextCommit(TcpProxy.AtCommit.BEFORE_IT_IS_ANSWERED);

        assertUnavailable(catchThrowable(() -> put("panel.name")), Reason.OUTCOME_UNKNOWN);

        assertThat(storage.settings().setting(new SettingName("panel.name")))
                .as("this time it is there")
                .isPresent();
    }

    @Test
    void aTransactionWhoseCommitIsLostIsNotRunAgain() {
        Semaphore runs = new Semaphore(0);
        proxy.breakNextCommit(TcpProxy.AtCommit.BEFORE_IT_IS_ANSWERED);

        Throwable failure = catchThrowable(() -> storage.write(tx -> {
            runs.release();
            return tx.settings().put(setting("panel.name"));
        }));

        assertUnavailable(failure, Reason.OUTCOME_UNKNOWN);
        assertThat(runs.availablePermits()).isEqualTo(1);
    }

    @Test
    void connectionsThatTheServerHasEndedAreReplaced() {
        put("panel.first");
        for (int i = 0; i < 3; i++) {
            endConnections();
            assertThat(storage.settings().settings()).hasSize(1);
        }
    }

    @Test
    void brokenConnectionsDoNotUseUpThePool() {
        for (int i = 0; i < PoolOptions.DEFAULT_POOL_SIZE * 2; i++) {
            proxy.breakNextCommit(TcpProxy.AtCommit.BEFORE_IT_IS_SENT);
            assertUnavailable(catchThrowable(() -> put("panel.name")), Reason.OUTCOME_UNKNOWN);
        }

        assertThat(put("panel.name")).as("there is still a connection").isTrue();
    }

    @Test
    void whoListensHearsOfOthersAgainAfterTheConnectionWasLost() {
        Semaphore heard = new Semaphore(0);
        try (Storage other = new PostgresStorageProvider().open(StorageOptions.of(server.url(database)));
                Storage.Subscription subscription = storage.listen(Topic.JOBS, heard::release)) {
            assertThat(subscription).isNotNull();
            awaitListening(1);
            proxy.goAway();
            awaitListening(0);
            proxy.comeBack();
            awaitListening(1);
            heard.drainPermits();

            other.jobs().enqueue(List.of(NewJob.of("work")));

            await("the job is heard of").atMost(Duration.ofSeconds(10)).until(heard::tryAcquire);
        }
    }

    @Test
    void aServerThatHasBecomeReadOnlyIsNamedAndOneThatIsWritableAgainIsUsed() {
        put("panel.first");
        server.execute("postgres", "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        endConnections();

        assertUnavailable(catchThrowable(() -> put("panel.name")), Reason.READ_ONLY);

        server.execute("postgres", "ALTER DATABASE " + database + " SET default_transaction_read_only = off");
        assertThat(put("panel.name")).isTrue();
    }

    @Test
    void closingEndsACallThatWaits() throws SQLException {
        try (Connection holder = holdSettings()) {
            CompletableFuture<Throwable> failure =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> put("panel.name")));
            awaitSomebodyWaits(holder);

            storage.close();

            assertUnavailable(failure.orTimeout(10, TimeUnit.SECONDS).join(), Reason.CLOSED);
        }
    }

    @Test
    void callersWithoutAConnectionAreToldInTime() throws SQLException {
        try (Storage small = new PostgresStorageProvider()
                        .open(new StorageOptions(
                                server.url(database),
                                Optional.empty(),
                                Duration.ofMillis(1500),
                                StorageOptions.DEFAULT_OUTBOX_MAX,
                                false,
                                Map.of("pool-size", "2"),
                                InstantSource.system()));
                Connection holder = holdSettings()) {
            List<CompletableFuture<Throwable>> failures = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> small.settings().settings())))
                    .toList();

            assertThat(failures)
                    .allSatisfy(failure -> assertUnavailable(
                            failure.orTimeout(10, TimeUnit.SECONDS).join(), Reason.TIMED_OUT));
            assertThat(holder.isClosed()).isFalse();
        }
    }

    private StorageOptions options(Duration timeout) {
        StorageOptions defaults = StorageOptions.of("postgresql://panel@127.0.0.1:" + proxy.port() + "/" + database);
        return new StorageOptions(
                defaults.url(),
                defaults.password(),
                timeout,
                defaults.outboxMax(),
                false,
                defaults.engineOptions(),
                defaults.clock());
    }

    /** Keeps everyone from reading the settings until the connection is closed. */
    private Connection holdSettings() throws SQLException {
        Connection connection = server.superuser(database);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE panel.settings IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    private void endConnections() {
        server.execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    private static void awaitSomebodyWaits(Connection holder) {
        await("somebody waits").until(() -> {
            try (Statement statement = holder.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
                return rows.next() && rows.getInt(1) > 0;
            }
        });
    }

    private void awaitListening(int connections) {
        await("%d connections listen".formatted(connections)).until(() -> {
            try (Connection connection = server.superuser("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = '"
                            + database + "' AND query LIKE 'LISTEN%'")) {
                return rows.next() && rows.getInt(1) == connections;
            }
        });
    }

    private boolean put(String name) {
        return storage.settings().put(setting(name)).isEmpty();
    }

    private static StoredSetting setting(String name) {
        return new StoredSetting(new SettingName(name), "x", false, Instant.EPOCH);
    }

    private static void assertUnavailable(Throwable failure, Reason reason) {
        StoreUnavailable unavailable = catchThrowableOfType(StoreUnavailable.class, () -> {
            throw failure;
        });
        assertThat(unavailable.reason()).as(unavailable.getMessage()).isEqualTo(reason);
    }
}
