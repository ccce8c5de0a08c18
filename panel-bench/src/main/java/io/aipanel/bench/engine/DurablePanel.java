package io.aipanel.bench.engine;

import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;

/** Opens panels as embedders do, and refuses to measure one whose commits are not durable. */
public final class DurablePanel {

    private DurablePanel() {}

    /** Opens one with the defaults; the caller closes it. */
    public static Panel open(Database database) {
        return open(database, options -> options);
    }

    /** Opens one with other options than the defaults; the caller closes it. */
    public static Panel open(Database database, UnaryOperator<PanelOptions> changes) {
        Panel panel = Panel.open(changes.apply(PanelOptions.of(database.panelUrl())));
        try {
            panel.health().report().stores().forEach(store -> check(store, database.durableStore()));
            return panel;
        } catch (RuntimeException e) {
            panel.close();
            throw e;
        }
    }

    /** Opens what a panel stands on, with the defaults; the caller closes it. */
    public static Storage openStorage(Database database) {
        StorageOptions options = StorageOptions.of(database.panelUrl());
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.scheme().equals(options.scheme()))
                .findFirst()
                .orElseThrow()
                .open(options);
    }

    private static void check(StoreReport store, Map<String, String> durable) {
        durable.forEach((setting, value) -> {
            String found = store.properties().get(setting);
            if (!value.equals(found)) {
                throw new IllegalStateException(
                        store.location() + " is not durable: " + setting + " is " + found + ", not " + value);
            }
        });
    }
}
