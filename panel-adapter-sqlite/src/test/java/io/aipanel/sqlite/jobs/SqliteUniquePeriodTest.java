package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.UniquePeriodContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteUniquePeriodTest implements UniquePeriodContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
