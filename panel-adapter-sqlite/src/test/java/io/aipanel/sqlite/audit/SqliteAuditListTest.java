package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditListContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditListTest implements AuditListContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
