package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.RateLimitContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteRateLimitTest implements RateLimitContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
