package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.ConcurrencyKeyContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteConcurrencyKeyTest implements ConcurrencyKeyContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
