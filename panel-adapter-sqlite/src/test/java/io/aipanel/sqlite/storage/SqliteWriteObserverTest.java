package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.WriteObserverContract;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteWriteObserverTest implements WriteObserverContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
