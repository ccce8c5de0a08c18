package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.UniqueKeyContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteUniqueKeyTest implements UniqueKeyContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
