package io.aipanel.sqlite.hosting;

import io.aipanel.ports.hosting.SiteContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSiteTest implements SiteContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
