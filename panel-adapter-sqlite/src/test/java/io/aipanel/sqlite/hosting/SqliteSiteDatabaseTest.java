package io.aipanel.sqlite.hosting;

import io.aipanel.ports.hosting.SiteDatabaseContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSiteDatabaseTest implements SiteDatabaseContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
