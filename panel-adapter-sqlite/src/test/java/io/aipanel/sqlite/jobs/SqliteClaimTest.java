package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.ClaimContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteClaimTest implements ClaimContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
