package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.RestorationContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** Restorations on PostgreSQL. */
final class PostgresRestorationTest implements RestorationContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.forOneTest();
    }
}
