package io.aipanel.postgres;

import io.aipanel.ports.backup.LogAfterwards;
import io.aipanel.ports.backup.LogAfterwards.Kept;
import io.aipanel.ports.backup.LogAfterwards.Restarted;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RestoredStores;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.audit.Appending;
import io.aipanel.postgres.audit.LoggedAlready;
import io.aipanel.postgres.audit.OriginRows;
import io.aipanel.postgres.backup.CopiedStores;
import io.aipanel.postgres.backup.PutAside;
import io.aipanel.postgres.jobs.Incarnation;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.LongTransaction;
import io.aipanel.postgres.storage.Signals;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes new schemas under the names of the present ones, in one transaction. Until that is committed nobody else sees any of it:
 * others go on with the present schemas, and for the last moment only they have to wait. Whatever ends the transaction, be it
 * that this process is killed, leaves everything as it was.
 */
final class PostgresRestoration implements Restoration {

    private static final String WORKERS = """
            SELECT worker || ' (until ' || to_char(max(until) AT TIME ZONE 'UTC', 'HH24:MI:SS') || ' UTC)'
            FROM queue.workers WHERE until > clock_timestamp() GROUP BY worker ORDER BY worker
            """;

    private static final String FOREIGN = """
            SELECT DISTINCT nspowner::regrole::text FROM pg_namespace
            WHERE nspname IN ('panel', 'audit', 'queue') AND NOT pg_has_role(nspowner, 'USAGE')
            """;

    private final LongTransaction transaction;
    private final Failures failures;
    private final StorageOptions options;
    private final Function<Runnable, Storage> opening;
    private final AtomicBoolean isOpen = new AtomicBoolean();
    private @Nullable Storage present;
    private boolean done;

    private PostgresRestoration(
            LongTransaction transaction,
            Failures failures,
            StorageOptions options,
            Function<Runnable, Storage> opening) {
        this.transaction = transaction;
        this.failures = failures;
        this.options = options;
        this.opening = opening;
    }

    /**
     * Sees to it that nobody else restores, and that no server is at work.
     *
     * @param transaction closed with the restoration
     * @param opening opens the present storage; calls what it is given when that is closed
     */
    static PostgresRestoration begin(
            LongTransaction transaction,
            Failures failures,
            StorageOptions options,
            Function<Runnable, Storage> opening) {
        PostgresRestoration restoration = new PostgresRestoration(transaction, failures, options, opening);
        boolean begun = false;
        try {
            restoration.refuseOthers();
            begun = true;
            return restoration;
        } finally {
            if (!begun) {
                restoration.close();
            }
        }
    }

    private void refuseOthers() {
        if (!transaction.tryAcquire(AdvisoryLock.RESTORATION)) {
            throw misconfigured("is being restored by somebody else: wait until that has ended");
        }
        List<String> owners = transaction.texts(FOREIGN);
        if (!owners.isEmpty()) {
            throw misconfigured("has schemas that belong to the role " + String.join(", ", owners)
                    + ": restore as that role, because it is to own what takes their place");
        }
        if (isThere("queue.workers")) {
            List<String> workers = transaction.texts(WORKERS);
            if (!workers.isEmpty()) {
                throw misconfigured("is being worked on by " + String.join(", ", workers)
                        + ": stop these servers first; one that was killed is forgotten at the time that is given");
            }
        }
    }

    @Override
    public Optional<Storage> openPresent() {
        if (transaction
                .texts("SELECT nspname FROM pg_namespace WHERE nspname IN ('panel', 'audit', 'queue')")
                .isEmpty()) {
            return Optional.empty();
        }
        isOpen.set(true);
        boolean opened = false;
        try {
            Storage storage = opening.apply(() -> isOpen.set(false));
            present = storage;
            opened = true;
            return Optional.of(storage);
        } finally {
            if (!opened) {
                isOpen.set(false);
            }
        }
    }

    @Override
    public Optional<Path> staging() {
        return Optional.empty();
    }

    @Override
    public Optional<String> replace(Path copies, LogAfterwards log, Consumer<RestoredStores> change) {
        if (done || isOpen.get()) {
            throw new IllegalStateException("the present storage must be closed, and can be replaced once");
        }
        done = true;
        boolean committed = false;
        try {
            Optional<String> aside = replaceNow(copies, log, change);
            transaction.commit();
            committed = true;
            return aside;
        } finally {
            if (!committed) {
                transaction.close();
            }
        }
    }

    private Optional<String> replaceNow(Path directory, LogAfterwards log, Consumer<RestoredStores> change) {
        Set<StoreName> stores = EnumSet.allOf(StoreName.class);
        if (log instanceof Kept) {
            stores.remove(StoreName.AUDIT);
        }
        CopiedStores copies = CopiedStores.in(directory, stores, failures);
        // A newer program that starts meanwhile must not bring old and new schemas up to date by halves.
        transaction.acquire(AdvisoryLock.MIGRATION);
        PutAside replaced = PutAside.rename(transaction, stores, options.clock().instant());
        copies.load(transaction, replaced);
        Optional<String> queueBefore = replaced.name(StoreName.QUEUE);
        transaction.change(handle -> {
            new Incarnation(handle, queueBefore).begin();
            if (log instanceof Restarted restarted) {
                OriginRows.begin(handle, restarted.origin());
                Appending.append(handle, List.of(restarted.first()));
            }
            return handle;
        });
        RestoredSchemas restored = new RestoredSchemas(transaction);
        restored.deliverJobs();
        change.accept(restored);
        // Last of all, because everybody waits from here on.
        replaced.lock(options.timeout());
        transaction.change(handle -> {
            new Incarnation(handle, queueBefore).keepIds();
            if (log instanceof Kept kept) {
                LoggedAlready.remove(handle, kept.copied());
            }
            for (Topic topic : Topic.values()) {
                Signals.tellAtCommit(handle, topic);
            }
            return handle;
        });
        return replaced.told(failures.location());
    }

    @Override
    public void close() {
        if (present != null) {
            present.close();
        }
        transaction.close();
    }

    private boolean isThere(String table) {
        return transaction
                        .texts("SELECT 'there' WHERE to_regclass(?) IS NOT NULL", table)
                        .size()
                == 1;
    }

    private StoreMisconfigured misconfigured(String told) {
        return new StoreMisconfigured("PostgreSQL at " + failures.location() + " " + told, null);
    }
}
