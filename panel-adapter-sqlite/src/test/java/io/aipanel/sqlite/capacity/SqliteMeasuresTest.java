package io.aipanel.sqlite.capacity;

import io.aipanel.ports.capacity.StorageMeasuresContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteMeasuresTest implements StorageMeasuresContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
