package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.PruneContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqlitePruneTest implements PruneContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
