package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.NextOfAKeyContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteNextOfAKeyTest implements NextOfAKeyContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
