package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditCutContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditCutTest implements AuditCutContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
