package io.aipanel.sqlite.jobs;

import io.aipanel.ports.jobs.PresenceContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqlitePresenceTest implements PresenceContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
