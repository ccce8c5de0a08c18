package io.aipanel.postgres.settings;

import io.aipanel.ports.settings.SettingsRepositoryContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** Settings on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresSettingsRepositoryTest implements SettingsRepositoryContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
