package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.UserContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteUserTest implements UserContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
