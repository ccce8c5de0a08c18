package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.QueueLimitContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteQueueLimitTest implements QueueLimitContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
