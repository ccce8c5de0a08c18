package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditTreeContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditTreeTest implements AuditTreeContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
