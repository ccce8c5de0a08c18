package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.ApiTokenContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteApiTokenTest implements ApiTokenContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
