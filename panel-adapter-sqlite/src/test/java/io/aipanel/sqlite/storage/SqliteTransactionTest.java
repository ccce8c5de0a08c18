package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.TransactionContract;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteTransactionTest implements TransactionContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
