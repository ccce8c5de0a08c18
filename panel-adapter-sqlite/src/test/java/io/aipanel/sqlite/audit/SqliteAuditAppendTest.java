package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditAppendContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditAppendTest implements AuditAppendContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
