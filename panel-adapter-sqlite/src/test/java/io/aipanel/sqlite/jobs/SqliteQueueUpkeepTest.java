package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.QueueUpkeepContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteQueueUpkeepTest implements QueueUpkeepContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
