package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.UserChangeContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteUserChangeTest implements UserChangeContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
