package io.aipanel.ports.storage;

import java.util.List;
import java.util.Map;

/**
 * Where the data is and how much there is.
 *
 * @param engine the engine and its version, for example {@code SQLite 3.54.0}
 * @param location the storage URL without a password
 * @param stores one entry per store, in the order of {@link StoreName}
 */
public record StorageReport(String engine, String location, List<StoreReport> stores) {

    /** Keeps its own copy of the list. */
    public StorageReport {
        stores = List.copyOf(stores);
    }

    /**
     * One store.
     *
     * @param store which one
     * @param location its file, or its schema
     * @param schemaVersion the id of the last change of its change log
     * @param bytes the size of its data, the write-ahead log not counted
     * @param walBytes the size of its write-ahead log; 0 where the engine has one for all
     * @param rows the number of rows of each table
     * @param properties what else the engine has to say, for example {@code journal_mode} and {@code synchronous};
     *     {@code estimated} names the tables, with a comma and a space between them, whose rows were not counted
     */
    public record StoreReport(
            StoreName store,
            String location,
            String schemaVersion,
            long bytes,
            long walBytes,
            Map<String, Long> rows,
            Map<String, String> properties) {}
}
