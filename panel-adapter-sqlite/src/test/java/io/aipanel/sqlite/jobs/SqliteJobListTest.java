package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.JobListContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteJobListTest implements JobListContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
