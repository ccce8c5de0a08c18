package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.postgres.audit.PostgresAuditRepositoryTest;
import io.aipanel.postgres.audit.PostgresCheckpointRepositoryTest;
import io.aipanel.postgres.backup.PostgresBackupTest;
import io.aipanel.postgres.hosting.PostgresHostingRepositoryTest;
import io.aipanel.postgres.iam.PostgresIamRepositoryTest;
import io.aipanel.postgres.jobs.PostgresJobQueueRepositoryTest;
import io.aipanel.postgres.settings.PostgresSettingsRepositoryTest;
import io.aipanel.postgres.versions.PostgresVersionRepositoryTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

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
