package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.PostgresUrl;
import io.aipanel.postgres.storage.Transactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The partitions of the audit log: when they begin, when they go, and who is in nobody's way meanwhile. */
final class PartitionsTest {

    private final TestServer server = TestServer.shared();
    private final String database = server.migratedDatabase();
    private final StorageOptions options = StorageOptions.of(server.url(database));
    private final Storage storage = new PostgresStorageProvider().open(options);
    private final AuditRepository audit = storage.audit();

    @AfterEach
    void close() {
        storage.close();
        server.drop(database);
    }

    @Test
    void oneBeginsAtEachChangeOfMonth() throws SQLException {
        append(5);
        append(5);
        assertThat(partitions()).containsExactly("events_0 FOR VALUES FROM ('0') TO (MAXVALUE)");

        theMonthChanges();
        append(3);
        append(3);
        theMonthChanges();
        append(1);

        assertThat(partitions())
                .containsExactly(
                        "events_0 FOR VALUES FROM ('0') TO ('10')",
                        "events_10 FOR VALUES FROM ('10') TO ('16')",
                        "events_16 FOR VALUES FROM ('16') TO (MAXVALUE)");
        assertThat(texts("SELECT tableoid::regclass || ' ' || count(*) FROM audit.events GROUP BY tableoid ORDER BY 1"))
                .containsExactly("audit.events_0 10", "audit.events_10 6", "audit.events_16 1");
        assertThat(texts(
                        "SELECT next_partition_at = (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month')"
                                + " AT TIME ZONE 'UTC' FROM audit.tree"))
                .as("the next one begins with the next month")
                .containsExactly("t");
        assertThatTheLogIsWhole(17);
    }

    @Test
    void oneBeginsWhenTheNewestHasAMillionEvents() throws SQLException {
        append(10);
        assertThat(texts("SELECT next_partition_size FROM audit.tree")).containsExactly("1048576");

        server.execute(database, "UPDATE audit.tree SET next_partition_size = 10");
        append(1);

        assertThat(partitions()).hasSize(2);
        assertThat(texts("SELECT next_partition_size - 10 FROM audit.tree")).containsExactly("1048576");
    }

    @Test
    void noneBeginsInAMonthWithoutEventsBeforeIt() throws SQLException {
        theMonthChanges();
        append(1);
        theMonthChanges();
        append(1);
        theMonthChanges();
        server.execute(database, "SELECT audit.begin_partition()");
        theMonthChanges();
        append(1);

        assertThat(partitions())
                .containsExactly(
                        "events_0 FOR VALUES FROM ('0') TO ('1')",
                        "events_1 FOR VALUES FROM ('1') TO ('2')",
                        "events_2 FOR VALUES FROM ('2') TO (MAXVALUE)");
    }

    @Test
    void noneBeginsBeforeItIsTime() throws SQLException {
        append(3);

        server.execute(database, "SELECT audit.begin_partition()");

        assertThat(partitions()).hasSize(1);
    }

    @Test
    void oneBeginsOnceHoweverManyAppend() throws SQLException {
        append(5);
        theMonthChanges();
        List<Race.Outcome<List<AuditEvent>>> outcomes;
        try (Storage another = new PostgresStorageProvider().open(options)) {
            outcomes = Race.of(
                    12,
                    racer -> () -> (racer % 2 == 0 ? audit : another.audit()).append(List.of(event("a"), event("b"))));
        }

        assertThat(Race.failures(outcomes)).isEmpty();
        assertThat(partitions())
                .containsExactly(
                        "events_0 FOR VALUES FROM ('0') TO ('5')", "events_5 FOR VALUES FROM ('5') TO (MAXVALUE)");
        assertThatTheLogIsWhole(29);
    }

    @Test
    void whatTheRelayBringsBeginsOneToo() throws SQLException {
        append(5);
        theMonthChanges();
        storage.write(transaction -> {
            transaction.emit(new Effect.Record(new EffectId(UUID.randomUUID()), event("effect")));
            return true;
        });

        assertThat(storage.outbox().relay(10).moved()).isEqualTo(1);

        assertThat(texts("SELECT tableoid::regclass FROM audit.events WHERE index = 5"))
                .containsExactly("audit.events_5");
    }

    @Test
    void whoeverReadsForLongDoesNotStopAppendsWhenTheMonthChanges() throws SQLException {
        append(5);
        theMonthChanges();
        try (Transactions reader = transactions()) {
            reader.snapshot(handle -> {
                append(2);
                append(2);
                return handle;
            });
        }
        assertThat(partitions()).as("it could not begin").hasSize(1);

        theNextTryIsDue();
        append(1);

        assertThat(partitions())
                .containsExactly(
                        "events_0 FOR VALUES FROM ('0') TO ('9')", "events_9 FOR VALUES FROM ('9') TO (MAXVALUE)");
        assertThatTheLogIsWhole(10);
    }

    @Test
    void whatOthersHavePutPastTheEndDoesNotStopTheMonth() throws SQLException {
        append(5);
        server.execute(
                database,
                "INSERT INTO audit.events SELECT 9, at, actor, action, target, outcome, address, request_id, details"
                        + " FROM audit.events WHERE index = 0");
        theMonthChanges();

        append(1);

        assertThat(partitions())
                .containsExactly(
                        "events_0 FOR VALUES FROM ('0') TO ('10')", "events_10 FOR VALUES FROM ('10') TO (MAXVALUE)");
        assertThat(storage.check()).contains("audit events beyond the end of the log: 1");
    }

    @Test
    void oneThatWouldTakeTooLongToBeginIsLeftToWhoeverHasTheTime() throws SQLException {
        append(5);
        // The server would have to look through more events than it can within the time-out of a call, or so it seems.
        server.execute(
                database,
                "INSERT INTO audit.events SELECT 9000000, at, actor, action, target, outcome, address, request_id, details"
                        + " FROM audit.events WHERE index = 0");
        theMonthChanges();

        append(1);

        assertThat(partitions()).hasSize(1);
        assertThat(texts("SELECT next_partition_at > now() FROM audit.tree")).containsExactly("t");
        theNextTryIsDue();
        server.execute(database, "SELECT audit.begin_partition()");
        assertThat(partitions()).hasSize(2);
    }

    @Test
    void whatWasCutOffGoesATableAtATime() throws SQLException {
        months(300, 300, 300);
        audit.cut(700, event("cut"));

        assertThat(audit.removeCutOff(1)).as("a whole partition is one step").isEqualTo(300);
        assertThat(partitions()).hasSize(2);
        assertThat(audit.removeCutOff(350))
                .as("the second one, and some of the third, which is still needed")
                .isEqualTo(350);
        assertThat(partitions()).containsExactly("events_600 FOR VALUES FROM ('600') TO (MAXVALUE)");
        assertThat(audit.removeCutOff(1_000)).isEqualTo(50);
        assertThat(audit.removeCutOff(1_000)).isZero();

        assertThat(audit.event(699)).isEmpty();
        assertThat(audit.event(700)).isPresent();
        assertThat(audit.inclusion(700, 901).path()).isNotEmpty();
        assertThat(storage.check()).isEmpty();
        theMonthChanges();
        append(1);
        assertThat(partitions()).hasSize(2);
    }

    @Test
    void theNewestStaysEvenIfAllOfItWasCutOff() throws SQLException {
        months(10, 10);
        audit.cut(20, event("cut"));
        theMonthChanges();
        append(1);
        audit.cut(21, event("again"));

        assertThat(audit.removeCutOff(100)).isEqualTo(21);

        assertThat(partitions()).containsExactly("events_21 FOR VALUES FROM ('21') TO (MAXVALUE)");
        append(1);
        assertThat(audit.tree().size()).isEqualTo(24);
    }

    @Test
    void aBackupLosesNothingAndIsInNobodysWay() throws SQLException {
        months(300, 300, 300);
        try (Transactions backup = transactions()) {
            List<Long> seen = backup.snapshot(handle -> {
                long pinned = handle.createQuery("SELECT size FROM audit.tree")
                        .mapTo(Long.class)
                        .one();
                assertThat(pinned).isEqualTo(900);
                audit.cut(700, event("cut"));
                assertThat(audit.removeCutOff(1_000))
                        .as("rows go, and the backup still sees them")
                        .isEqualTo(700);
                assertThat(partitionsUnchecked()).as("no table goes").hasSize(3);
                append(5);
                return indexes(handle);
            });
            assertThat(seen).isEqualTo(LongStream.range(0, 900).boxed().toList());
        }

        assertThat(audit.removeCutOff(1_000)).isZero();

        assertThat(partitions())
                .as("the tables go when the backup is done")
                .containsExactly("events_600 FOR VALUES FROM ('600') TO (MAXVALUE)");
        assertThat(storage.check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.%s SET target = 'x'",
                "TRUNCATE audit.%s",
                "DELETE FROM audit.%s",
                "INSERT INTO audit.%1$s SELECT index + 9, at, actor, action, target, outcome, address, request_id, details"
                        + " FROM audit.%1$s"
            })
    void whatWasWrittenOnceStaysInEachPartition(String sql) throws SQLException {
        months(3, 3);

        for (String partition : List.of("events_0", "events_3")) {
            String change = sql.formatted(partition);
            if (!sql.startsWith("INSERT")) {
                assertThat(catchThrowable(() -> server.execute(database, change)))
                        .as("a superuser's %s", change)
                        .cause()
                        .hasMessageContaining("append-only");
            }
            assertThat(catchThrowable(() -> asOwner(change)))
                    .as("the owner's %s", change)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as("by rights").isEqualTo("42501"));
        }
        assertThatTheLogIsWhole(6);
    }

    @Test
    void onlyWhoMayKnowsOfThePartitions() {
        for (String function : List.of("begin_partition()", "drop_partition()", "guard_partition('audit.events')")) {
            assertThat(catchThrowable(() -> server.execute(
                            database,
                            "GRANT USAGE ON SCHEMA audit TO pg_monitor; SET ROLE pg_monitor; SELECT audit."
                                    + function)))
                    .cause()
                    .hasMessageContaining("permission denied for function");
        }
    }

    /** Appends so many events in each of several months. */
    private void months(int... events) {
        for (int i = 0; i < events.length; i++) {
            if (i > 0) {
                theMonthChanges();
            }
            append(events[i]);
        }
    }

    private void append(int events) {
        audit.append(Collections.nCopies(events, event("a")));
    }

    /** The clock is the server's and cannot be moved: instead the time for which it is waited is. */
    private void theMonthChanges() {
        server.execute(database, "UPDATE audit.tree SET next_partition_at = now() - interval '1 hour'");
    }

    private void theNextTryIsDue() {
        theMonthChanges();
    }

    private void assertThatTheLogIsWhole(int events) {
        LogPart part = audit.part(0, 10_000);
        assertThat(part.events().stream().map(StoredEvent::index))
                .isEqualTo(LongStream.range(0, events).boxed().toList());
        assertThat(part.tree().size()).isEqualTo(events);
        assertThat(storage.check()).isEmpty();
    }

    private static List<Long> indexes(Handle handle) {
        return handle.createQuery("SELECT index FROM audit.events ORDER BY index")
                .mapTo(Long.class)
                .list();
    }

    private List<String> partitionsUnchecked() {
        try {
            return partitions();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> partitions() throws SQLException {
        return texts("""
                SELECT relname || ' ' || pg_get_expr(relpartbound, oid) FROM pg_class
                WHERE relispartition AND relkind = 'r' AND relnamespace = 'audit'::regnamespace
                ORDER BY substr(relname, 8)::bigint
                """);
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = server.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private Transactions transactions() throws SQLException {
        PoolOptions pool = PoolOptions.of(options.engineOptions());
        Connections target = new Connections(PostgresUrl.parse(options.url()), options, pool);
        return new Transactions(target, new Failures(target.location()), pool, options.timeout());
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + TestServer.ROLE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
