package io.aipanel.service;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.service.backup.Engines;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds the engines on the class path, and the one that a storage URL asks for among them. */
final class StorageProviders {

    private StorageProviders() {}

    /**
     * All engines, with the one that is asked for.
     *
     * @throws InvalidValueException ({@code storage}) if that is not there
     */
    static Engines engines(StorageOptions options) {
        TreeMap<String, StorageProvider> providers = new TreeMap<>();
        for (StorageProvider provider :
                ServiceLoader.load(StorageProvider.class, StorageProviders.class.getClassLoader())) {
            providers.put(provider.scheme(), provider);
        }
        StorageProvider provider = providers.get(options.scheme());
        if (provider != null) {
            return new Engines(provider, providers);
        }
        String known = providers.isEmpty()
                ? "but there is no adapter on the class path: add panel-adapter-sqlite or panel-adapter-postgres"
                : "one of " + String.join(", ", providers.keySet());
        throw new InvalidValueException("storage", "has the scheme '" + options.scheme() + "'; it must be " + known);
    }
}
