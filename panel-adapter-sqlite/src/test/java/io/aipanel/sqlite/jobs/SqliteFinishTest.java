package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.FinishContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteFinishTest implements FinishContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
