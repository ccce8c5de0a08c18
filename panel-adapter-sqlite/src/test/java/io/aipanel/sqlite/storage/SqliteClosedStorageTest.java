package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.ClosedStorageContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteClosedStorageTest implements ClosedStorageContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
