package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.JobReportContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteJobReportTest implements JobReportContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
