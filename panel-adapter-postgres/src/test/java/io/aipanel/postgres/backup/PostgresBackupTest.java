package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.CopyContract;
import io.aipanel.ports.backup.DamagedCopyContract;
import io.aipanel.ports.backup.HeldSnapshotContract;
import io.aipanel.ports.backup.SnapshotContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** Snapshots and copies on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresBackupTest implements SnapshotContract, HeldSnapshotContract, CopyContract, DamagedCopyContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }

    @Override
    public boolean holdsWritersBack() {
        return false;
    }
}
