package io.aipanel.postgres.jobs;

import io.aipanel.ports.jobs.BulkChangeContract;
import io.aipanel.ports.jobs.CancelContract;
import io.aipanel.ports.jobs.ClaimContract;
import io.aipanel.ports.jobs.ClockContract;
import io.aipanel.ports.jobs.ConcurrencyKeyContract;
import io.aipanel.ports.jobs.DueContract;
import io.aipanel.ports.jobs.EnqueueContract;
import io.aipanel.ports.jobs.FinishContract;
import io.aipanel.ports.jobs.HistoryContract;
import io.aipanel.ports.jobs.JobListContract;
import io.aipanel.ports.jobs.JobReportContract;
import io.aipanel.ports.jobs.LeaseContract;
import io.aipanel.ports.jobs.NextOfAKeyContract;
import io.aipanel.ports.jobs.PresenceContract;
import io.aipanel.ports.jobs.PruneContract;
import io.aipanel.ports.jobs.QueueLimitContract;
import io.aipanel.ports.jobs.QueueModelContract;
import io.aipanel.ports.jobs.QueueSettingsContract;
import io.aipanel.ports.jobs.RateLimitContract;
import io.aipanel.ports.jobs.RequeueContract;
import io.aipanel.ports.jobs.RetryContract;
import io.aipanel.ports.jobs.ScheduleContract;
import io.aipanel.ports.jobs.UniqueKeyContract;
import io.aipanel.ports.jobs.UniquePeriodContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** The job queue on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresJobQueueRepositoryTest
        implements BulkChangeContract,
                CancelContract,
                ClaimContract,
                ClockContract,
                ConcurrencyKeyContract,
                DueContract,
                EnqueueContract,
                FinishContract,
                HistoryContract,
                JobListContract,
                JobReportContract,
                LeaseContract,
                NextOfAKeyContract,
                PresenceContract,
                PruneContract,
                QueueLimitContract,
                QueueModelContract,
                QueueSettingsContract,
                RateLimitContract,
                RequeueContract,
                RetryContract,
                ScheduleContract,
                UniqueKeyContract,
                UniquePeriodContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
