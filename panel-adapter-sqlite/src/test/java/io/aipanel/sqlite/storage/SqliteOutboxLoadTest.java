package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.OutboxLoadContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteOutboxLoadTest implements OutboxLoadContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
