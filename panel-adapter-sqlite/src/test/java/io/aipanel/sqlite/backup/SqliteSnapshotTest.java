package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.SnapshotContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteSnapshotTest implements SnapshotContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
