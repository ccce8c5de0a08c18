package io.aipanel.service;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds the engine that a storage URL asks for among those on the class path. */
final class StorageProviders {

    private StorageProviders() {}

    static StorageProvider of(StorageOptions options) {
        TreeMap<String, StorageProvider> providers = new TreeMap<>();
        for (StorageProvider provider :
                ServiceLoader.load(StorageProvider.class, StorageProviders.class.getClassLoader())) {
            providers.put(provider.scheme(), provider);
        }
        StorageProvider provider = providers.get(options.scheme());
        if (provider != null) {
            return provider;
        }
        String known = providers.isEmpty()
                ? "but there is no adapter on the class path: add panel-adapter-sqlite or panel-adapter-postgres"
                : "one of " + String.join(", ", providers.keySet());
        throw new InvalidValueException("storage", "has the scheme '" + options.scheme() + "'; it must be " + known);
    }
}
