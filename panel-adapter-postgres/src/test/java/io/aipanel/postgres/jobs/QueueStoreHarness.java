package io.aipanel.postgres.jobs;

import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.postgres.PostgresStorageHarness;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.PostgresUrl;
import io.aipanel.postgres.storage.Transactions;
import java.sql.SQLException;

/** The queue store of a fresh storage, with a pool and floors of its own, for tests that look inside. */
final class QueueStoreHarness implements AutoCloseable {

    private final Transactions transactions;
    private final QueueStore store;
    private final PostgresJobQueueRepository jobs;

    private QueueStoreHarness(Transactions transactions) {
        this.transactions = transactions;
        this.store = new QueueStore(transactions, topic -> {});
        this.jobs = new PostgresJobQueueRepository(store);
    }

    static QueueStoreHarness beside(PostgresStorageHarness harness) throws SQLException {
        StorageOptions options = harness.options();
        PoolOptions pool = PoolOptions.of(options.engineOptions());
        Connections target = new Connections(PostgresUrl.parse(options.url()), options, pool);
        return new QueueStoreHarness(
                new Transactions(target, new Failures(target.location()), pool, options.timeout()));
    }

    QueueStore store() {
        return store;
    }

    PostgresJobQueueRepository jobs() {
        return jobs;
    }

    @Override
    public void close() {
        transactions.close();
    }
}
