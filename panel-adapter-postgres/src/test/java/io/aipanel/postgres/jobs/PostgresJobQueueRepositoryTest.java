package io.aipanel.postgres.jobs;

import io.aipanel.ports.jobs.ClaimContract;
import io.aipanel.ports.jobs.EnqueueContract;
import io.aipanel.ports.jobs.JobListContract;
import io.aipanel.ports.jobs.LeaseContract;
import io.aipanel.ports.jobs.QueueUpkeepContract;
import io.aipanel.ports.jobs.RetryContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** The job queue on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresJobQueueRepositoryTest
        implements EnqueueContract, ClaimContract, LeaseContract, RetryContract, JobListContract, QueueUpkeepContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
