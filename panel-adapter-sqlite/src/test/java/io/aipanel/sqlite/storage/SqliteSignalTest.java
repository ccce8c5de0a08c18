package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.SignalContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSignalTest implements SignalContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
