package io.aipanel.sqlite;

import io.aipanel.ports.backup.LogAfterwards;
import io.aipanel.ports.backup.LogAfterwards.Kept;
import io.aipanel.ports.backup.LogAfterwards.Restarted;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RestoredStores;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.audit.LoggedAlready;
import io.aipanel.sqlite.jobs.Incarnation;
import io.aipanel.sqlite.storage.FileSwap;
import io.aipanel.sqlite.storage.OpenLock;
import io.aipanel.sqlite.storage.ServeLock;
import io.aipanel.sqlite.storage.StorageDirectory;
import io.aipanel.sqlite.storage.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the new files ready beside the present ones, then swaps them. */
final class SqliteRestoration implements Restoration {

    private final StorageOptions options;
    private final StorageDirectory directory;
    private final OpenLock lock;
    private final FileSwap swap;
    private @Nullable SqliteStorage present;
    private OptionalLong lastJob = OptionalLong.empty();
    private boolean done;

    private SqliteRestoration(StorageOptions options, StorageDirectory directory, OpenLock lock, FileSwap swap) {
        this.options = options;
        this.directory = directory;
        this.lock = lock;
        this.swap = swap;
    }

    /**
     * Takes hold of a directory, which is made if it is missing.
     *
     * @throws StoreException if somebody has its files open
     */
    static SqliteRestoration begin(StorageOptions options) {
        StorageDirectory directory = StorageDirectory.ofUrl(options.url());
        directory.make();
        // Says at once, and better, what else would come out after a long wait.
        ServeLock.take(directory, "have that one restore the backup").close();
        OpenLock lock = OpenLock.alone(directory, options.timeout());
        boolean begun = false;
        try {
            SqliteRestoration restoration =
                    new SqliteRestoration(options.serving(false), directory, lock, FileSwap.begin(directory));
            begun = true;
            return restoration;
        } finally {
            if (!begun) {
                lock.close();
            }
        }
    }

    @Override
    public Optional<Storage> openPresent() {
        if (directory.files().stream().noneMatch(file -> Files.exists(file.path()))) {
            lastJob = OptionalLong.of(0);
            return Optional.empty();
        }
        SqliteStorage opened = SqliteStorage.open(options, directory, directory.makeFiles());
        present = opened;
        lastJob = OptionalLong.of(opened.queueStore().read(Incarnation::lastId));
        return Optional.of(opened);
    }

    @Override
    public Optional<Path> staging() {
        return Optional.of(swap.staging());
    }

    @Override
    public Optional<String> replace(Path copies, LogAfterwards log, Consumer<RestoredStores> change) {
        if (done || present != null && present.isOpen()) {
            throw new IllegalStateException("the present storage must be closed, and can be replaced once");
        }
        List<StoreFile> fresh = new StorageDirectory(swap.staging()).files();
        bring(copies, fresh);
        try (SqliteStorage restored = SqliteStorage.open(options, new StorageDirectory(swap.staging()), fresh)) {
            restored.deliverJobs();
            restored.queueStore().write(queue -> {
                Incarnation.begin(queue, lastJob, options.clock().instant());
                return queue;
            });
            settle(log, restored);
            change.accept(new Changes(restored));
        }
        if (log instanceof Kept) {
            forget(fresh.get(StoreName.AUDIT.ordinal()));
        }
        fresh.forEach(SqliteRestoration::requireWhole);
        done = true;
        return swap.run(options.clock().instant()).map(Path::toString);
    }

    private void settle(LogAfterwards log, SqliteStorage restored) {
        if (log instanceof Restarted restarted) {
            restored.checkpoints().beginOrigin(restarted.origin());
            restored.audit().append(List.of(restarted.first()));
        } else if (log instanceof Kept kept) {
            try (SqliteStorage keptLog = SqliteStorage.open(options, directory, directory.files())) {
                LoggedAlready.remove(restored.panelStore(), "audit_outbox", keptLog.auditStore(), kept.copied());
                LoggedAlready.remove(restored.queueStore(), "event_outbox", keptLog.auditStore(), kept.copied());
            }
        }
    }

    private void bring(Path copies, List<StoreFile> fresh) {
        if (copies.equals(swap.staging())) {
            return;
        }
        try {
            for (StoreFile file : fresh) {
                Files.copy(copies.resolve(file.path().getFileName()), file.path());
            }
        } catch (IOException e) {
            throw new StoreMisconfigured(
                    "the copies in " + copies + " cannot be brought to " + directory.path() + " (" + e
                            + "): see that there is room and that the user that runs the panel may write there",
                    e);
        }
    }

    private static void forget(StoreFile file) {
        try {
            Files.delete(file.path());
        } catch (IOException e) {
            throw new StoreMisconfigured(file + " cannot be removed (" + e + "): see who may write there", e);
        }
    }

    /** What is closed by its last user has everything in the file itself. */
    private static void requireWhole(StoreFile file) {
        if (Files.exists(file.wal())) {
            throw new StoreMisconfigured(file + " is still being used: see what else opens it, and try again", null);
        }
    }

    @Override
    public void close() {
        if (present != null) {
            present.close();
        }
        swap.end();
        lock.close();
    }

    private record Changes(SqliteStorage restored) implements RestoredStores {

        @Override
        public void change(Consumer<? super PanelTransaction> work) {
            restored.write(transaction -> {
                work.accept(transaction);
                return transaction;
            });
        }

        @Override
        public void changeQueue(Consumer<? super QueueTransaction> work) {
            restored.writeQueue(transaction -> {
                work.accept(transaction);
                return transaction;
            });
        }
    }
}
