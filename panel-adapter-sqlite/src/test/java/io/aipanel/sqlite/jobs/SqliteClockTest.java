package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.ClockContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteClockTest implements ClockContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
