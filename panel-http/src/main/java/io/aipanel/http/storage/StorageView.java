package io.aipanel.http.storage;

import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Where the data is and how much there is, as the outside sees it.
 *
 * @param engine the engine and its version
 * @param location the storage URL without a password
 * @param stores the stores: panel, audit and queue
 */
record StorageView(String engine, String location, List<StoreView> stores) {

    /**
     * A store: a file or a schema.
     *
     * @param bytes the size of its data, the write-ahead log not counted
     * @param walBytes the size of its write-ahead log; 0 where the engine has one for all
     * @param properties what else the engine has to say
     */
    record StoreView(
            String store,
            String location,
            String schemaVersion,
            long bytes,
            long walBytes,
            List<TableView> tables,
            List<PropertyView> properties) {}

    /**
     * A table.
     *
     * @param estimated whether its rows were not counted
     */
    record TableView(String name, long rows, boolean estimated) {}

    /** Something that the engine says of a store. */
    record PropertyView(String name, String value) {}

    static StorageView of(StorageReport report) {
        return new StorageView(
                report.engine(),
                report.location(),
                report.stores().stream().map(StorageView::of).toList());
    }

    private static StoreView of(StoreReport store) {
        List<String> estimated =
                Arrays.asList(store.properties().getOrDefault("estimated", "").split(", "));
        return new StoreView(
                store.store().wireName(),
                store.location(),
                store.schemaVersion(),
                store.bytes(),
                store.walBytes(),
                new TreeMap<>(store.rows())
                        .entrySet().stream()
                                .map(table -> new TableView(
                                        table.getKey(), table.getValue(), estimated.contains(table.getKey())))
                                .toList(),
                new TreeMap<>(store.properties())
                        .entrySet().stream()
                                .map(property -> new PropertyView(property.getKey(), property.getValue()))
                                .toList());
    }
}
