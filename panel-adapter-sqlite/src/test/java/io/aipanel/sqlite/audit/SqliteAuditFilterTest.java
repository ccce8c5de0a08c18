package io.aipanel.sqlite.audit;

import io.aipanel.ports.audit.AuditFilterContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.sqlite.SqliteStorageHarness;

final class SqliteAuditFilterTest implements AuditFilterContract {

    @Override
    public StorageHarness fresh() {
        return SqliteStorageHarness.create();
    }
}
