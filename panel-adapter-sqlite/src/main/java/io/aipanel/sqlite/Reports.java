package io.aipanel.sqlite;

import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.sqlite.storage.RowCounts;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What there is to tell about the files. */
final class Reports {

    /** Pragmas that say how a file is kept. */
    private static final List<String> PROPERTIES =
            List.of("journal_mode", "synchronous", "page_size", "freelist_count");

    private Reports() {}

    static StorageReport of(String location, List<Store> stores) {
        String version =
                stores.get(0).read(connection -> one(connection.handle(), "SELECT sqlite_version()", String.class));
        return new StorageReport(
                "SQLite " + version,
                location,
                stores.stream().map(Reports::report).toList());
    }

    private static StoreReport report(Store store) {
        return store.read(connection -> new StoreReport(
                store.file().name(),
                store.file().path().toString(),
                store.schemaVersion(),
                store.file().bytes(),
                store.file().walBytes(),
                RowCounts.of(connection.handle()),
                properties(connection)));
    }

    private static Map<String, String> properties(StoreConnection connection) {
        Map<String, String> properties = new LinkedHashMap<>();
        PROPERTIES.forEach(name -> properties.put(name, one(connection.handle(), "PRAGMA " + name, String.class)));
        properties.computeIfPresent("synchronous", (name, number) -> switch (number) {
            case "0" -> "off";
            case "1" -> "normal";
            case "2" -> "full";
            default -> "extra";
        });
        return properties;
    }

    private static <T> T one(Handle handle, String sql, Class<T> type) {
        return handle.createQuery(sql).mapTo(type).one();
    }
}
