package io.aipanel.postgres.capacity;

import io.aipanel.ports.capacity.CapacityRepositoryContract;
import io.aipanel.ports.capacity.StorageMeasuresContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** Samples, states and measures on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresCapacityRepositoryTest implements CapacityRepositoryContract, StorageMeasuresContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
