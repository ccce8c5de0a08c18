package io.aipanel.sqlite.settings;

import io.aipanel.ports.settings.SettingsRepositoryContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSettingsRepositoryTest implements SettingsRepositoryContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
