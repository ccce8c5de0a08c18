package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.DueContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteDueTest implements DueContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
