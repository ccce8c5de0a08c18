package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.LimitContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteLimitTest implements LimitContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
