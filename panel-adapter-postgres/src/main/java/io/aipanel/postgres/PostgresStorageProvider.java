package io.aipanel.postgres;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.audit.Adoption;
import io.aipanel.postgres.backup.Examination;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.PostgresUrl;
import io.aipanel.postgres.storage.SchemaUpdate;
import io.aipanel.postgres.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Opens a PostgreSQL database, version 15 or newer, as a storage. URLs have the form
 * {@code postgresql://user[:password]@host[:port][,host2[:port]…]/database[?option=…]}; with several hosts the primary
 * among them is used. Keys of its own: {@code storage.pgbouncer} and {@code storage.pool-size}. Safe for use by many
 * threads.
 */
public final class PostgresStorageProvider implements StorageProvider {

    private static final String CLOSED_COPIES =
            "copies of PostgreSQL cannot be tried out in a directory: read them into the emptied tables of a database whose"
                    + " schemas have the versions that the copies name, with psql";

    @Override
    public String scheme() {
        return "postgresql";
    }

    @Override
    public Storage open(StorageOptions options) {
        PostgresUrl url = PostgresUrl.parse(options.url());
        PoolOptions pool = PoolOptions.of(options.engineOptions());
        Connections target = new Connections(url, options, pool);
        Failures failures = new Failures(target.location());
        new SchemaUpdate(target, failures, options.timeout()).run();
        Transactions transactions = transactions(target, failures, pool, options);
        try {
            new Adoption(transactions).run();
            return new PostgresStorage(target, transactions, failures, pool, options);
        } catch (RuntimeException e) {
            transactions.close();
            throw e;
        }
    }

    private static Transactions transactions(
            Connections target, Failures failures, PoolOptions pool, StorageOptions options) {
        try {
            return new Transactions(target, failures, pool, options.timeout());
        } catch (SQLException e) {
            throw failures.ofOpening(e);
        }
    }

    @Override
    public CopyReport examine(StoreName store, Path file) {
        return Examination.of(store, file);
    }

    @Override
    public Optional<String> whyCopiesStayClosed() {
        return Optional.of(CLOSED_COPIES);
    }

    @Override
    public Storage openCopies(Path directory, StorageOptions options) {
        throw new UnsupportedOperationException(CLOSED_COPIES);
    }

    @Override
    public Restoration beginRestoration(StorageOptions options) {
        throw new UnsupportedOperationException(CLOSED_COPIES);
    }

    @Override
    public List<String> discardReplaced(StorageOptions options) {
        return List.of();
    }
}
