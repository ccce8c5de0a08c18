package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.QueueTransactionContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteQueueTransactionTest implements QueueTransactionContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
