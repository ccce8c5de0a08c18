package io.aipanel.postgres;

import io.aipanel.ports.storage.ClosedStorageContract;
import io.aipanel.ports.storage.LimitContract;
import io.aipanel.ports.storage.OutboxLoadContract;
import io.aipanel.ports.storage.OutboxRelayContract;
import io.aipanel.ports.storage.ReportContract;
import io.aipanel.ports.storage.SecrecyContract;
import io.aipanel.ports.storage.SignalContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.TimeContract;
import io.aipanel.ports.storage.TimeoutContract;
import io.aipanel.ports.storage.TransactionContract;
import io.aipanel.ports.storage.TwoOpeningsContract;

/** What a storage promises as a whole, on PostgreSQL; {@code PgBouncerTest} runs it once more. */
class PostgresStorageTest
        implements TransactionContract,
                TimeoutContract,
                ClosedStorageContract,
                TwoOpeningsContract,
                OutboxRelayContract,
                OutboxLoadContract,
                SignalContract,
                SecrecyContract,
                LimitContract,
                TimeContract,
                ReportContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }
}
