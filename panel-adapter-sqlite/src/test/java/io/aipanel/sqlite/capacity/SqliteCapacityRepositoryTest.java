package io.aipanel.sqlite.capacity;

import io.aipanel.ports.capacity.CapacityRepositoryContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteCapacityRepositoryTest implements CapacityRepositoryContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
