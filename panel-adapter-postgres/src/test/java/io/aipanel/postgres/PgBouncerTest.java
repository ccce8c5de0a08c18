package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.audit.AuditAppendContract;
import io.aipanel.ports.audit.AuditListContract;
import io.aipanel.ports.hosting.HostingRaceContract;
import io.aipanel.ports.hosting.SiteContract;
import io.aipanel.ports.hosting.SiteDatabaseContract;
import io.aipanel.ports.hosting.SiteListContract;
import io.aipanel.ports.iam.ApiTokenContract;
import io.aipanel.ports.iam.IamRaceContract;
import io.aipanel.ports.iam.LoginThrottleContract;
import io.aipanel.ports.iam.RoleContract;
import io.aipanel.ports.iam.SessionContract;
import io.aipanel.ports.iam.UserContract;
import io.aipanel.ports.iam.UserListContract;
import io.aipanel.ports.jobs.ClaimContract;
import io.aipanel.ports.jobs.EnqueueContract;
import io.aipanel.ports.jobs.JobListContract;
import io.aipanel.ports.jobs.LeaseContract;
import io.aipanel.ports.jobs.QueueUpkeepContract;
import io.aipanel.ports.jobs.RetryContract;
import io.aipanel.ports.settings.SettingsRepositoryContract;
import io.aipanel.ports.storage.ClosedStorageContract;
import io.aipanel.ports.storage.LimitContract;
import io.aipanel.ports.storage.OutboxRelayContract;
import io.aipanel.ports.storage.ReportContract;
import io.aipanel.ports.storage.SignalContract;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.TimeContract;
import io.aipanel.ports.storage.TimeoutContract;
import io.aipanel.ports.storage.TransactionContract;
import io.aipanel.ports.storage.TwoOpeningsContract;
import io.aipanel.ports.versions.VersionRepositoryContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The whole contract once more, through a PgBouncer in transaction mode. */
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
    final class Users
            implements UserContract,
                    UserListContract,
                    RoleContract,
                    SessionContract,
                    ApiTokenContract,
                    LoginThrottleContract,
                    IamRaceContract {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Sites and their databases. */
    @Nested
    final class Sites implements SiteContract, SiteListContract, SiteDatabaseContract, HostingRaceContract {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** The audit log. */
    @Nested
    final class Audit implements AuditAppendContract, AuditListContract {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** The job queue. */
    @Nested
    final class Jobs
            implements EnqueueContract,
                    ClaimContract,
                    LeaseContract,
                    RetryContract,
                    JobListContract,
                    QueueUpkeepContract {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Components and their history. */
    @Nested
    final class Components implements VersionRepositoryContract {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** Settings. */
    @Nested
    final class Settings implements SettingsRepositoryContract {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }

    /** What a storage promises as a whole. */
    @Nested
    final class Storages
            implements TransactionContract,
                    TimeoutContract,
                    ClosedStorageContract,
                    TwoOpeningsContract,
                    OutboxRelayContract,
                    SignalContract,
                    LimitContract,
                    TimeContract,
                    ReportContract {
        @Override
        public StorageHarness fresh() {
            return PostgresStorageHarness.throughPgBouncer();
        }
    }
}
