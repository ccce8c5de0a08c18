package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.TimeContract;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteTimeTest implements TimeContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
