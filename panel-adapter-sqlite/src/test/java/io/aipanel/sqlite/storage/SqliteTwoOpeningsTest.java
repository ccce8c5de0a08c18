package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.TwoOpeningsContract;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteTwoOpeningsTest implements TwoOpeningsContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
