package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.BulkChangeContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteBulkChangeTest implements BulkChangeContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
