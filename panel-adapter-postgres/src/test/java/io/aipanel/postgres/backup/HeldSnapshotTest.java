package io.aipanel.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.jobs.JobSamples;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.postgres.PostgresStorageHarness;
import io.aipanel.postgres.PostgresStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a snapshot that is held for long, and of copies that take long. */
final class HeldSnapshotTest {

    private static final CopyProgress UNHEARD = (done, all) -> {};

    /** So much that it cannot all be on its way from the server at once. */
    private static final String THIRTY_MEGABYTES = """
            INSERT INTO panel.settings (name, value, secret, updated_at)
            SELECT 'panel.s' || number, repeat('x', 10000), false, now() FROM generate_series(1, 3000) AS number
            """;

    @TempDir
    private Path directory;

    @Test
    void timeOutsOfTheServerDoNotEndASnapshot() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            harness.execute("""
                    DO $$
                    DECLARE
                        name text;
                    BEGIN
                        FOR name IN SELECT pg_settings.name FROM pg_settings WHERE pg_settings.name IN
                            ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
                        LOOP
                            EXECUTE format('ALTER DATABASE %I SET %I = 200', current_database(), name);
                        END LOOP;
                    END
                    $$
                    """);
            try (Storage storage = harness.openAnother(options -> options);
                    Snapshot snapshot = storage.snapshot()) {
                Instant late = snapshot.at().plusMillis(600);
                await().until(() -> harness.now().isAfter(late));

                snapshot.copy(StoreName.PANEL, directory.resolve("panel"), UNHEARD);

                assertThat(report(StoreName.PANEL, directory.resolve("panel")).problems())
                        .isEmpty();
            }
        }
    }

    @Test
    void snapshotsTakeNoConnectionsOfThePool() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.direct();
                Storage storage = harness.openAnother(HeldSnapshotTest::withTwoConnections)) {
            List<Snapshot> held = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    held.add(storage.snapshot());
                }
                assertThat(storage.report().stores()).hasSize(3);
            } finally {
                held.forEach(Snapshot::close);
            }
        }
    }

    @Test
    void aSnapshotWhoseConnectionIsLostSaysSo() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.direct();
                Snapshot snapshot = harness.storage().snapshot()) {
            harness.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND state = 'idle in transaction'");

            Refusal.unavailable(
                    StoreUnavailable.Reason.UNREACHABLE,
                    "a snapshot whose connection is lost says so",
                    () -> snapshot.copy(StoreName.AUDIT, directory.resolve("audit"), UNHEARD));
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void closingTheStorageEndsACopy() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            harness.execute(THIRTY_MEGABYTES);
            Storage storage = harness.storage();
            AtomicReference<Thread> closer = new AtomicReference<>();
            try (Snapshot snapshot = storage.snapshot()) {
                Refusal.unavailable(
                        StoreUnavailable.Reason.CLOSED,
                        "closing the storage ends a copy",
                        () -> snapshot.copy(StoreName.PANEL, directory.resolve("panel"), (done, all) -> {
                            if (closer.get() == null) {
                                closer.set(new Thread(storage::close));
                                closer.get().start();
                                await().until(() -> closedFor(storage));
                            }
                        }));
                assertThat(directory).isEmptyDirectory();
            }
            await().until(() -> !closer.get().isAlive());
        }
    }

    @Test
    void aCopyThatIsEndedAmongItsRowsLeavesTheSnapshotAsItWas() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            harness.execute(THIRTY_MEGABYTES);
            Path file = directory.resolve("panel");
            try (Snapshot snapshot = harness.storage().snapshot()) {
                harness.execute("DELETE FROM panel.settings");
                for (int i = 0; i < 3; i++) {
                    Refusal.of(
                            IllegalArgumentException.class,
                            "what is thrown on hearing of progress ends the copy",
                            () -> snapshot.copy(StoreName.PANEL, file, (done, all) -> {
                                throw new IllegalArgumentException("enough");
                            }));
                    assertThat(directory).isEmptyDirectory();
                }
                snapshot.copy(StoreName.PANEL, file, UNHEARD);
            }
            assertThat(report(StoreName.PANEL, file).rows()).containsEntry("settings", 3000L);
        }
    }

    @Test
    void progressGoesUpByAndBy() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            harness.execute(THIRTY_MEGABYTES);
            List<Long> told = new ArrayList<>();
            try (Snapshot snapshot = harness.storage().snapshot()) {
                snapshot.copy(StoreName.PANEL, directory.resolve("panel"), (done, all) -> told.add(done));
            }
            assertThat(told).hasSizeGreaterThan(5).isSorted();
            assertThat(report(StoreName.PANEL, directory.resolve("panel")).rows())
                    .containsEntry("settings", 3000L);
        }
    }

    @Test
    void everyChangedBitIsNoticed() throws IOException {
        Random random = HostileTexts.random("everyChangedBitIsNoticed");
        try (PostgresStorageHarness harness = PostgresStorageHarness.direct()) {
            harness.execute("INSERT INTO audit.delivered SELECT gen_random_uuid() FROM generate_series(1, 50)");
            Path file = directory.resolve("audit");
            try (Snapshot snapshot = harness.storage().snapshot()) {
                snapshot.copy(StoreName.AUDIT, file, UNHEARD);
            }
            byte[] content = Files.readAllBytes(file);
            for (int i = 0; i < 500; i++) {
                byte[] damaged = content.clone();
                int place = random.nextInt(content.length);
                damaged[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, damaged);

                assertThat(report(StoreName.AUDIT, file).problems())
                        .as("byte %d is another one", place)
                        .hasSize(1);
            }
        }
    }

    @Test
    void linesMayBeLongerThanWhatIsReadAtATime() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            harness.execute("INSERT INTO panel.settings (name, value, secret, updated_at)"
                    + " SELECT 'panel.s' || number, repeat(E'\\\\\\t\\n', 100000 * number), false, now()"
                    + " FROM generate_series(1, 3) AS number");
            Path file = directory.resolve("panel");
            try (Snapshot snapshot = harness.storage().snapshot()) {
                snapshot.copy(StoreName.PANEL, file, UNHEARD);
            }

            CopyReport report = report(StoreName.PANEL, file);

            assertThat(report.problems()).isEmpty();
            assertThat(report.rows()).containsEntry("settings", 3L);
        }
    }

    @Test
    void aRoleThatMayReadMayCopy() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            harness.execute("""
                    DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                    GRANT USAGE ON SCHEMA panel, audit, queue TO reader;
                    GRANT SELECT ON ALL TABLES IN SCHEMA panel, audit, queue TO reader;
                    """);
            try (Storage storage = harness.openAnother(HeldSnapshotTest::asReader);
                    Snapshot snapshot = storage.snapshot()) {
                Path file = directory.resolve("queue");
                StoreMisconfigured refused = Refusal.of(
                        StoreMisconfigured.class,
                        "what may not be read is not left out",
                        () -> snapshot.copy(StoreName.QUEUE, file, UNHEARD));
                assertThat(refused).hasMessageContaining("GRANT USAGE ON ALL SEQUENCES IN SCHEMA queue");

                harness.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA queue TO reader");
                snapshot.copy(StoreName.QUEUE, file, UNHEARD);

                assertThat(report(StoreName.QUEUE, file).problems()).isEmpty();
            }
        }
    }

    @Test
    void whatIsCutOffMeanwhileIsInTheSnapshot() {
        try (PostgresStorageHarness harness = PostgresStorageHarness.forOneTest()) {
            AuditRepository audit = harness.storage().audit();
            audit.append(Collections.nCopies(10, AuditSamples.event("before")));
            harness.execute("UPDATE audit.tree SET next_partition_at = '-infinity'");
            audit.append(Collections.nCopies(10, AuditSamples.event("after")));
            Path file = directory.resolve("audit");
            try (Snapshot snapshot = harness.storage().snapshot()) {
                LogTree tree = audit.tree();
                audit.cut(15, AuditSamples.event("cut"));
                assertThat(audit.removeCutOff(100)).isEqualTo(15);
                harness.execute("UPDATE audit.tree SET next_partition_at = '-infinity'");
                audit.append(List.of(AuditSamples.event("later")));

                snapshot.copy(StoreName.AUDIT, file, UNHEARD);

                assertThat(report(StoreName.AUDIT, file).tree()).contains(tree);
            }
            assertThat(report(StoreName.AUDIT, file).rows()).containsEntry("events", 20L);
        }
    }

    @Test
    void sequencesAreCopiedAsTheyAre() throws IOException {
        try (PostgresStorageHarness harness = PostgresStorageHarness.direct()) {
            harness.storage().jobs().enqueue(List.of(JobSamples.work(), JobSamples.work()));
            Path file = directory.resolve("queue");
            try (Snapshot snapshot = harness.storage().snapshot()) {
                snapshot.copy(StoreName.QUEUE, file, UNHEARD);
            }
            assertThat(Files.readAllLines(file))
                    .contains(
                            "SELECT pg_catalog.setval('queue.job_ids', 2, true);",
                            "SELECT pg_catalog.setval('queue.event_outbox_seq_seq', 1, false);");
        }
    }

    private static CopyReport report(StoreName store, Path file) {
        return new PostgresStorageProvider().examine(store, file);
    }

    private static boolean closedFor(Storage storage) {
        try {
            storage.iam().hasUsers();
            return false;
        } catch (StoreUnavailable e) {
            return true;
        }
    }

    private static StorageOptions asReader(StorageOptions options) {
        return new StorageOptions(
                options.url().replace("//panel@", "//reader@"),
                options.password(),
                options.timeout(),
                options.outboxMax(),
                options.serving(),
                options.engineOptions(),
                options.clock());
    }

    private static StorageOptions withTwoConnections(StorageOptions options) {
        return new StorageOptions(
                options.url(),
                options.password(),
                options.timeout(),
                options.outboxMax(),
                options.serving(),
                Map.of("pool-size", "2"),
                options.clock());
    }
}
