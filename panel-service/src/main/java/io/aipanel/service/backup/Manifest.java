package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.ports.storage.StoreName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an archive holds.
 *
 * @param name what it is called
 * @param panelVersion the version of the program that made it
 * @param engine the scheme of the storage that it was made of, for example {@code sqlite}
 * @param at the instant that it holds
 * @param trigger why it was made
 * @param method how the copies were made
 * @param packing how the copies lie in it
 * @param stores the copies, in the order of {@link StoreName}
 * @param audit the audit log in it
 */
public record Manifest(
        BackupName name,
        String panelVersion,
        String engine,
        Instant at,
        BackupTrigger trigger,
        BackupMethod method,
        Packing packing,
        List<ArchivedStore> stores,
        ArchivedLog audit) {

    /** The version of the form of archives. */
    public static final int FORMAT = 2;

    /** The version that had all copies as the engine made them; it can still be read. */
    static final int PLAIN_FORMAT = 1;

    /** Keeps its own copy of the list. */
    public Manifest {
        stores = List.copyOf(stores);
    }

    /** The copy of one store. */
    public Optional<ArchivedStore> store(StoreName name) {
        return stores.stream().filter(store -> store.store() == name).findFirst();
    }

    /** How long the copies are together, as the engine made them. */
    public long bytes() {
        return stores.stream().mapToLong(ArchivedStore::bytes).sum();
    }

    /** How long the files are together that hold them. */
    public long storedBytes() {
        return stores.stream().mapToLong(store -> store.stored().bytes()).sum();
    }
}
