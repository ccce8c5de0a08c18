package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.HeldSnapshotContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteHeldSnapshotTest implements HeldSnapshotContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }

    @Override
    public boolean holdsWritersBack() {
        return true;
    }
}
