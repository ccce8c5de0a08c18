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
        List<ArchivedStore> stores,
        ArchivedLog audit) {

    /** The version of the form of archives. */
    public static final int FORMAT = 1;

    /** Keeps its own copy of the list. */
    public Manifest {
        stores = List.copyOf(stores);
    }

    /** The copy of one store. */
    public Optional<ArchivedStore> store(StoreName name) {
        return stores.stream().filter(store -> store.store() == name).findFirst();
    }

    /** How long its files are together. */
    public long bytes() {
        return stores.stream().mapToLong(ArchivedStore::bytes).sum();
    }
}
