package io.aipanel.postgres.audit;

import io.aipanel.ports.audit.CheckpointContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** What proves the audit log on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresCheckpointRepositoryTest implements CheckpointContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
