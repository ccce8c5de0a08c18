package io.aipanel.postgres;

import io.aipanel.ports.storage.CallerConnectionContract;
import io.aipanel.ports.storage.ClosedStorageContract;
import io.aipanel.ports.storage.LimitContract;
import io.aipanel.ports.storage.OutboxLoadContract;
import io.aipanel.ports.storage.OutboxRelayContract;
import io.aipanel.ports.storage.QueueTransactionContract;
import io.aipanel.ports.storage.ReportContract;
import io.aipanel.ports.storage.SecrecyContract;
import io.aipanel.ports.storage.SignalContract;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.TimeContract;
import io.aipanel.ports.storage.TimeoutContract;
import io.aipanel.ports.storage.TransactionContract;
import io.aipanel.ports.storage.TwoOpeningsContract;
import io.aipanel.ports.storage.WriteObserverContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What a storage promises as a whole, on PostgreSQL; {@code PgBouncerTest} runs it once more. */
class PostgresStorageTest
        implements TransactionContract,
                QueueTransactionContract,
                CallerConnectionContract,
                TimeoutContract,
                ClosedStorageContract,
                TwoOpeningsContract,
                OutboxRelayContract,
                OutboxLoadContract,
                SignalContract,
                SecrecyContract,
                LimitContract,
                TimeContract,
                ReportContract,
                WriteObserverContract {

    @Override
    public StorageHarness fresh() {
        return PostgresStorageHarness.direct();
    }

    @Override
    public Optional<Connection> callersConnection(StorageHarness harness) throws SQLException {
        return Optional.of(((PostgresStorageHarness) harness).callersConnection());
    }
}
