package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.backup.LogAfterwards;
import io.aipanel.ports.backup.LogAfterwards.Kept;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of others that use a storage while its schemas are replaced, and of the replacing because of them. */
final class RestorationBesideOthersTest {

    private final Restoring restoring = Restoring.current();

    @TempDir
    private Path copies;

    @AfterEach
    void drop() {
        restoring.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherNodeWasToldToBeWrittenIsBeforeOrAfter(boolean keepsLog) {
        try (Storage other = restoring.open()) {
            other.audit().append(List.of(event("first")));
            restoring.copy(copies);
            LogAfterwards log = keepsLog ? new Kept(1) : Restoring.RESTARTED;
            List<Writer> writers = List.of(
                    new Writer(number -> {
                        other.settings().put(setting("alone" + number));
                        return "alone" + number;
                    }),
                    new Writer(number -> other.write(transaction -> {
                        transaction.settings().put(setting("both" + number));
                        transaction.emit(new Effect.Record(new EffectId(UUID.randomUUID()), event("both" + number)));
                        return "both" + number;
                    })),
                    new Writer(number -> other.audit()
                            .append(List.of(event("event" + number)))
                            .get(0)
                            .event()
                            .target()),
                    new Writer(number -> {
                        JobId id = other.jobs()
                                .enqueue(List.of(NewJob.of("work")))
                                .get(0)
                                .id();
                        return Long.toString(id.value());
                    }),
                    new Writer(number -> {
                        other.outbox().relay(100);
                        return "relayed";
                    }));
            writers.forEach(Thread::start);
            writers.forEach(Writer::awaitMore);

            restoring.replace(copies, log, stores -> writers.forEach(Writer::awaitMore));

            writers.forEach(Writer::awaitMore);
            writers.forEach(Writer::end);

            assertThat(writers)
                    .as("nobody has been refused")
                    .allSatisfy(writer -> assertThat(writer.refused).isEmpty());
            assertThat(kept("panel", "substr(name, 7) FROM %s.settings WHERE name LIKE 'panel.alone%%'"))
                    .as("settings")
                    .containsExactlyInAnyOrderElementsOf(writers.get(0).told);
            assertThat(kept("panel", "substr(name, 7) FROM %s.settings WHERE name LIKE 'panel.both%%'"))
                    .as("settings with an event")
                    .containsExactlyInAnyOrderElementsOf(writers.get(1).told);
            List<String> events = new ArrayList<>(kept("audit", "target FROM %s.events WHERE target LIKE 'both%%'"));
            events.addAll(kept("panel", "target FROM %s.audit_outbox"));
            assertThat(events).as("their events").containsExactlyInAnyOrderElementsOf(writers.get(1).told);
            assertThat(kept("audit", "target FROM %s.events WHERE target LIKE 'event%%'"))
                    .as("events")
                    .containsExactlyInAnyOrderElementsOf(writers.get(2).told);
            assertThat(kept("queue", "id FROM %s.jobs"))
                    .as("jobs, of which no two have one id")
                    .containsExactlyInAnyOrderElementsOf(writers.get(3).told)
                    .doesNotHaveDuplicates();
            assertThat(other.check()).as("the log is whole").isEmpty();
        }
    }

    /** What is in the schemas that were put aside and in those that took their place. */
    private List<String> kept(String store, String rows) {
        List<String> found = new ArrayList<>();
        for (String schema : restoring.schemas()) {
            if (schema.startsWith(store)) {
                found.addAll(restoring.texts("SELECT " + rows.formatted(schema)));
            }
        }
        return found;
    }

    private static StoredSetting setting(String name) {
        return new StoredSetting(new SettingName("panel." + name), "x", false, Instant.EPOCH);
    }

    @Test
    void whoeverHasATableForLongEndsTheRestorationAndNothingElse() throws SQLException {
        restoring.copy(copies);
        List<String> before = restoring.digests();
        try (Connection reader = restoring.server().superuser(restoring.database());
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT FROM queue.lanes");

            StoreUnavailable refused = catchThrowableOfType(
                    StoreUnavailable.class,
                    () -> restoring.replace(
                            withTimeout(Duration.ofMillis(300)), copies, Restoring.RESTARTED, Restoring.NOTHING));

            assertThat(refused.reason()).isEqualTo(StoreUnavailable.Reason.TIMED_OUT);
            assertThat(refused).hasMessageContaining("restore again");
        }
        assertThat(restoring.digests()).isEqualTo(before);
        assertThat(restoring.schemas()).containsExactly("audit", "panel", "queue");
    }

    @Test
    void aConnectionThatIsLostInBetweenLeavesEverythingAsItWas() {
        restoring.copy(copies);
        List<String> before = restoring.digests();

        StoreUnavailable refused = catchThrowableOfType(
                StoreUnavailable.class,
                () -> restoring.replace(
                        copies,
                        Restoring.RESTARTED,
                        stores -> restoring.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND state = 'idle in transaction'")));

        assertThat(refused.reason()).isEqualTo(StoreUnavailable.Reason.UNREACHABLE);
        assertThat(restoring.digests()).isEqualTo(before);
        assertThat(restoring.schemas()).containsExactly("audit", "panel", "queue");
    }

    @Test
    void aServerThatIsAtWorkMustBeStoppedFirst() {
        try (Storage server = restoring.open()) {
            server.queues()
                    .present(new WorkerPresence("machine pid 7/1", QueueName.DEFAULT, Set.of()), Duration.ofMinutes(1));

            assertThat(catchThrowableOfType(StoreMisconfigured.class, this::begin))
                    .hasMessageContaining("machine pid 7/1 (until ")
                    .hasMessageContaining("stop these servers first");

            restoring.execute("UPDATE queue.workers SET until = now() - interval '1 second'");
            begin().close();
        }
    }

    @Test
    void twoDoNotRestoreAtOnce() {
        try (Restoration first = begin()) {
            assertThat(catchThrowableOfType(StoreMisconfigured.class, this::begin))
                    .hasMessageContaining("is being restored by somebody else");
            assertThat(first.staging()).isEmpty();
        }
        begin().close();
    }

    private Restoration begin() {
        return new PostgresStorageProvider().beginRestoration(restoring.options());
    }

    private StorageOptions withTimeout(Duration timeout) {
        StorageOptions options = restoring.options();
        return new StorageOptions(
                options.url(),
                options.password(),
                timeout,
                options.outboxMax(),
                options.serving(),
                options.engineOptions(),
                options.clock());
    }

    /** Writes one thing after the other. */
    private static final class Writer extends Thread {

        private final IntFunction<String> write;
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<RuntimeException> refused = new CopyOnWriteArrayList<>();
        private final AtomicBoolean ending = new AtomicBoolean();

        /** @param write writes something with a number, and answers how it is found again */
        Writer(IntFunction<String> write) {
            this.write = write;
        }

        @Override
        public void run() {
            for (int number = 0; !ending.get(); number++) {
                try {
                    told.add(write.apply(number));
                } catch (RuntimeException e) {
                    refused.add(e);
                    return;
                }
            }
        }

        void awaitMore() {
            int before = told.size();
            await().until(() -> told.size() > before + 3 || !refused.isEmpty());
        }

        void end() {
            ending.set(true);
            await().until(() -> !isAlive());
        }
    }
}
