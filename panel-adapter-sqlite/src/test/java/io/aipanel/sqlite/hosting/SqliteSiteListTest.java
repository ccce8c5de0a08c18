package io.aipanel.sqlite.hosting;

import io.aipanel.ports.hosting.SiteListContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSiteListTest implements SiteListContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
