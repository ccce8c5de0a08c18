package io.aipanel.postgres.versions;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.versions.VersionRepositoryContract;
import io.aipanel.postgres.PostgresStorageHarness;

/** Components and their history on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresVersionRepositoryTest implements VersionRepositoryContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
