package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.QueueSettingsContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteQueueSettingsTest implements QueueSettingsContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
