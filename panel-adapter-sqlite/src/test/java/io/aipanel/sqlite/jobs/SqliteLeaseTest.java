package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.LeaseContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteLeaseTest implements LeaseContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
