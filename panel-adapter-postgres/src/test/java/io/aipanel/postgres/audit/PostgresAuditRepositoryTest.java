package io.aipanel.postgres.audit;

import io.aipanel.ports.audit.AuditAppendContract;
import io.aipanel.ports.audit.AuditCountContract;
import io.aipanel.ports.audit.AuditCutContract;
import io.aipanel.ports.audit.AuditFilterContract;
import io.aipanel.ports.audit.AuditListContract;
import io.aipanel.ports.audit.AuditPartContract;
import io.aipanel.ports.audit.AuditSearchContract;
import io.aipanel.ports.audit.AuditTreeContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.postgres.PostgresStorageHarness;

/** The audit log on PostgreSQL; {@code PgBouncerTest} runs it once more. */
public class PostgresAuditRepositoryTest
        implements AuditAppendContract,
                AuditSearchContract,
                AuditCountContract,
                AuditListContract,
                AuditFilterContract,
                AuditTreeContract,
                AuditPartContract,
                AuditCutContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
