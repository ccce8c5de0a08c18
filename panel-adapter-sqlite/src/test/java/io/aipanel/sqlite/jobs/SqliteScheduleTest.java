package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.ScheduleContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteScheduleTest implements ScheduleContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
