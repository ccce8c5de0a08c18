package io.aipanel.app.config;

import io.aipanel.domain.Secret;
import io.aipanel.ports.storage.StorageOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Where the data is.
 *
 * @param url the storage URL
 * @param password the password of a database server; empty to use the URL's or the engine's own sources
 * @param timeout the longest that one call may take
 * @param outboxMax how many effects may wait for delivery
 * @param engineOptions keys that only one engine knows, without the {@code storage.} before them
 */
public record StorageConfig(
        String url, Optional<Secret> password, Duration timeout, long outboxMax, Map<String, String> engineOptions) {

    /** Keeps its own copy of the engine's options. */
    public StorageConfig {
        engineOptions = Map.copyOf(engineOptions);
    }

    /**
     * What the storage is opened with.
     *
     * @param serving whether it is opened to serve the panel to others
     */
    public StorageOptions options(boolean serving) {
        return new StorageOptions(url, password, timeout, outboxMax, serving, engineOptions, InstantSource.system());
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return options(false).toString();
    }
}
