package io.aipanel.sqlite.iam;

import io.aipanel.ports.iam.LoginThrottleContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteLoginThrottleTest implements LoginThrottleContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
