package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.SecrecyContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSecrecyTest implements SecrecyContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
