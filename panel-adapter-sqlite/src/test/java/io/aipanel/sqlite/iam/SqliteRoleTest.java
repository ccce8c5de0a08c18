package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.RoleContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteRoleTest implements RoleContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
