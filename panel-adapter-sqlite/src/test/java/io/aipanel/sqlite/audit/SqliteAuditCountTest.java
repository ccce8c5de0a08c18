package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditCountContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditCountTest implements AuditCountContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
