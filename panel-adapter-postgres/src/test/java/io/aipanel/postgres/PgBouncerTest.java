package io.aipanel.postgres;

import static io.aipanel.ports.audit.AuditSamples.event;
import static io.aipanel.ports.audit.AuditSamples.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.postgres.audit.PostgresAuditRepositoryTest;
import io.aipanel.postgres.audit.PostgresCheckpointRepositoryTest;
import io.aipanel.postgres.backup.PostgresBackupTest;
import io.aipanel.postgres.capacity.PostgresCapacityRepositoryTest;
import io.aipanel.postgres.hosting.PostgresHostingRepositoryTest;
import io.aipanel.postgres.iam.PostgresIamRepositoryTest;
import io.aipanel.postgres.jobs.PostgresJobQueueRepositoryTest;
import io.aipanel.postgres.settings.PostgresSettingsRepositoryTest;
import io.aipanel.postgres.versions.PostgresVersionRepositoryTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract once more, through a PgBouncer in transaction mode. */
@EnabledIf(
        value = "io.aipanel.postgres.PgBouncer#isWanted",
        disabledReason = "PgBouncer is missing: apt-get install pgbouncer")
final class PgBouncerTest {

    @Test
    void anEmptyDatabaseIsMadeReady() {
        String database = TestServer.shared().emptyDatabase();
        StorageOptions options =
                PostgresStorageHarness.pgbouncer(PgBouncer.shared().url(database));
        try (Storage storage = new PostgresStorageProvider().open(options);
                Storage another = new PostgresStorageProvider().open(options)) {
            assertThat(storage.check()).isEmpty();
            assertThat(another.iam().hasUsers()).isFalse();
        } finally {
            TestServer.shared().drop(database);
        }
    }

    @Test
    void schemasAreReplacedBehindIt(@TempDir Path copies) {
        try (Restoring restoring = Restoring.current()) {
            StorageOptions options =
                    PostgresStorageHarness.pgbouncer(PgBouncer.shared().url(restoring.database()));
            try (Storage storage = new PostgresStorageProvider().open(options)) {
                storage.audit().append(List.of(event("a")));
                Restoring.copy(storage, copies);
                storage.audit().append(List.of(event("b")));

                restoring.replace(options, copies, Restoring.RESTARTED, Restoring.NOTHING);

                assertThat(targets(Paging.all(9, page -> storage.audit().events(AuditFilter.OLDEST, page))))
                        .containsExactly("a", "restarted");
                assertThat(storage.check()).isEmpty();
                assertThat(new PostgresStorageProvider().discardReplaced(options))
                        .hasSize(1);
            }
        }
    }

    /** Users, roles, sessions, API tokens and login attempts. */
    @Nested
    final class Users extends PostgresIamRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Sites and their databases. */
    @Nested
    final class Sites extends PostgresHostingRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** The audit log. */
    @Nested
    final class Events extends PostgresAuditRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** What proves the audit log. */
    @Nested
    final class Checkpoints extends PostgresCheckpointRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** The job queue. */
    @Nested
    final class Jobs extends PostgresJobQueueRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Components and their history. */
    @Nested
    final class Components extends PostgresVersionRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Settings. */
    @Nested
    final class Settings extends PostgresSettingsRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Samples, states and measures. */
    @Nested
    final class Capacity extends PostgresCapacityRepositoryTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Snapshots and copies. */
    @Nested
    final class Backups extends PostgresBackupTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** What a storage promises as a whole. */
    @Nested
    final class WholeStorage extends PostgresStorageTest {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }
}
