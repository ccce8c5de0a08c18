package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditSearchContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditSearchTest implements AuditSearchContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
