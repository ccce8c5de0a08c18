package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.CancelContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteCancelTest implements CancelContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
