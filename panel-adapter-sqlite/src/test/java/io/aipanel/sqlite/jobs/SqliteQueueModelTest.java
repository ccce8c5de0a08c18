package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.QueueModelContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteQueueModelTest implements QueueModelContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
