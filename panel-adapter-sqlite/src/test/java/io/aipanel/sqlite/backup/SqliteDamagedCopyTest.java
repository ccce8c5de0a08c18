package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.DamagedCopyContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteDamagedCopyTest implements DamagedCopyContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
