package io.aipanel.sqlite.hosting;

import io.aipanel.ports.hosting.HostingRaceContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteHostingRaceTest implements HostingRaceContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
