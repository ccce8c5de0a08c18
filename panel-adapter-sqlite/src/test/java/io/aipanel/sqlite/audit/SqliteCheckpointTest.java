package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.CheckpointContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteCheckpointTest implements CheckpointContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
