package io.aipanel.postgres;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RowReceiver;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.audit.Adoption;
import io.aipanel.postgres.backup.CopiedStores;
import io.aipanel.postgres.backup.Examination;
import io.aipanel.postgres.backup.PortableReading;
import io.aipanel.postgres.backup.PortableWriting;
import io.aipanel.postgres.backup.PutAside;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Connections;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.LongTransaction;
import io.aipanel.postgres.storage.PoolOptions;
import io.aipanel.postgres.storage.PostgresUrl;
import io.aipanel.postgres.storage.SchemaUpdate;
import io.aipanel.postgres.storage.Transactions;
import io.aipanel.postgres.storage.TrialDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Opens a PostgreSQL database, version 15 or newer, as a storage. URLs have the form
 * {@code postgresql://user[:password]@host[:port][,host2[:port]…]/database[?option=…]}; with several hosts the primary
 * among them is used. Keys of its own: {@code storage.pgbouncer} and {@code storage.pool-size}. Safe for use by many
 * threads.
 */
public final class PostgresStorageProvider implements StorageProvider {

    private static final String NO_TRIAL =
            "the role that the panel logs in as may not make a database to try copies out in: ALTER ROLE … CREATEDB lets it";

    @Override
    public String scheme() {
        return "postgresql";
    }

    @Override
    public Storage open(StorageOptions options) {
        return open(PostgresUrl.parse(options.url()), options, () -> {});
    }

    private static Storage open(PostgresUrl url, StorageOptions options, Runnable afterwards) {
        PoolOptions pool = PoolOptions.of(options.engineOptions());
        Connections target = new Connections(url, options, pool);
        Failures failures = new Failures(target.location());
        new SchemaUpdate(target, failures, options.timeout()).run();
        Transactions transactions = transactions(target, failures, pool, options);
        try {
            new Adoption(transactions).run();
            return new PostgresStorage(target, transactions, failures, pool, options, afterwards);
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
    public Optional<String> whyCopiesStayClosed(StorageOptions options) {
        Connections server = connections(PostgresUrl.parse(options.url()), options);
        return TrialDatabase.isPossible(server, new Failures(server.location()))
                ? Optional.empty()
                : Optional.of(NO_TRIAL);
    }

    @Override
    public Storage openCopies(Path directory, StorageOptions options) {
        whyCopiesStayClosed(options).ifPresent(why -> {
            throw new UnsupportedOperationException(why);
        });
        PostgresUrl url = PostgresUrl.parse(options.url());
        Connections server = connections(url, options);
        Failures failures = new Failures(server.location());
        CopiedStores copies = CopiedStores.in(directory, EnumSet.allOf(StoreName.class), failures);
        TrialDatabase trial = TrialDatabase.make(server, name -> connections(url.database(name), options), failures);
        boolean opened = false;
        try {
            PostgresUrl beside = url.database(trial.name());
            try (LongTransaction transaction = begin(beside, options)) {
                copies.load(transaction);
                transaction.commit();
            }
            Storage storage = open(beside, options, trial::close);
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                trial.close();
            }
        }
    }

    @Override
    public void readCopies(Path directory, RowReceiver rows) {
        for (StoreName store : StoreName.values()) {
            new PortableReading(store, directory, rows).run();
        }
    }

    @Override
    public CopyWriter writeCopies(Path directory, Instant at) {
        return new PortableWriting(directory, at);
    }

    @Override
    public Restoration beginRestoration(StorageOptions options) {
        PostgresUrl url = PostgresUrl.parse(options.url());
        return PostgresRestoration.begin(
                begin(url, options),
                new Failures(connections(url, options).location()),
                options,
                afterwards -> open(url, options, afterwards));
    }

    @Override
    public List<String> discardReplaced(StorageOptions options) {
        PostgresUrl url = PostgresUrl.parse(options.url());
        try (LongTransaction transaction = begin(url, options)) {
            transaction.acquire(AdvisoryLock.RESTORATION);
            List<String> gone =
                    PutAside.discard(transaction, connections(url, options).location());
            transaction.commit();
            return gone;
        }
    }

    private static LongTransaction begin(PostgresUrl url, StorageOptions options) {
        Connections target = connections(url, options);
        return LongTransaction.begin(target, new Failures(target.location()), options.timeout());
    }

    private static Connections connections(PostgresUrl url, StorageOptions options) {
        return new Connections(url, options, PoolOptions.of(options.engineOptions()));
    }
}
