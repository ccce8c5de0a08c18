package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.RestorationContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteRestorationTest implements RestorationContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
