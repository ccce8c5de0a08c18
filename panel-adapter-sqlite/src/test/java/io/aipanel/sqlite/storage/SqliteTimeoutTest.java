package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.TimeoutContract;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteTimeoutTest implements TimeoutContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
