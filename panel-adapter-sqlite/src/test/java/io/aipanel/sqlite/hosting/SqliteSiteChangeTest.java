package io.aipanel.sqlite.hosting;

import io.aipanel.ports.hosting.SiteChangeContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSiteChangeTest implements SiteChangeContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
