package io.aipanel.http.storage;

import io.aipanel.http.pages.Sizes;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.service.storage.HealthReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the page about the storage shows.
 *
 * @param stores one entry per store
 * @param size how large they are together, in words
 * @param waiting how many effects of changes wait to be moved to where they belong
 * @param health how everything is that the panel stands on
 */
record StoragePage(
        String engine,
        String location,
        List<ShownStore> stores,
        String size,
        long waiting,
        List<HealthReport.Check> health) {

    /**
     * A store: a file or a schema.
     *
     * @param log the size of its write-ahead log, in words; empty where the engine has one for all
     * @param rows how many rows all its tables have
     */
    record ShownStore(
            String name,
            String location,
            String schemaVersion,
            String size,
            Optional<String> log,
            long rows,
            List<Table> tables,
            List<Property> properties) {}

    /**
     * A table.
     *
     * @param isEstimated whether nobody has counted its rows
     */
    record Table(String name, long rows, boolean isEstimated) {}

    /** What else the engine has to say. */
    record Property(String name, String value) {}

    static StoragePage of(StorageReport report, long waiting, HealthReport health) {
        return new StoragePage(
                report.engine(),
                report.location(),
                report.stores().stream().map(StoragePage::shown).toList(),
                Sizes.of(report.stores().stream()
                        .mapToLong(store -> store.bytes() + store.walBytes())
                        .sum()),
                waiting,
                health.checks());
    }

    private static ShownStore shown(StoreReport store) {
        List<String> estimated =
                Arrays.asList(store.properties().getOrDefault("estimated", "").split(", "));
        List<Table> tables = new ArrayList<>();
        new TreeMap<>(store.rows())
                .forEach((name, rows) -> tables.add(new Table(name, rows, estimated.contains(name))));
        List<Property> properties = new ArrayList<>();
        new TreeMap<>(store.properties()).forEach((name, value) -> properties.add(new Property(name, value)));
        return new ShownStore(
                store.store().wireName(),
                store.location(),
                store.schemaVersion(),
                Sizes.of(store.bytes()),
                store.walBytes() == 0 ? Optional.empty() : Optional.of(Sizes.of(store.walBytes())),
                tables.stream().mapToLong(Table::rows).sum(),
                tables,
                properties);
    }
}
