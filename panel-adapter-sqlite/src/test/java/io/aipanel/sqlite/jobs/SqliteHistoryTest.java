package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.HistoryContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteHistoryTest implements HistoryContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
