package io.aipanel.sqlite.versions;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.versions.VersionRepositoryContract;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteVersionRepositoryTest implements VersionRepositoryContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
