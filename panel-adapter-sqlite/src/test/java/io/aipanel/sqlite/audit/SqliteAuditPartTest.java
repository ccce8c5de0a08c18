package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditPartContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditPartTest implements AuditPartContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
