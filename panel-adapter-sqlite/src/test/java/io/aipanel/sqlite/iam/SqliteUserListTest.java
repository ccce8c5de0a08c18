package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.UserListContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteUserListTest implements UserListContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
