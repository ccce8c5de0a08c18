package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.CopyContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteCopyTest implements CopyContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
