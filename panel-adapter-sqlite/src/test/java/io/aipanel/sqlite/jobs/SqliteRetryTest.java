package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.RetryContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteRetryTest implements RetryContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
