package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.SessionContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSessionTest implements SessionContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
