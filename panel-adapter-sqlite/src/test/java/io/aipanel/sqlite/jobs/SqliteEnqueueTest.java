package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.EnqueueContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteEnqueueTest implements EnqueueContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
