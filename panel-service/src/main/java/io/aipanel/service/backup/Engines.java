package io.aipanel.service.backup;

import io.aipanel.ports.storage.StorageProvider;
import java.util.Map;
import java.util.Optional;

/**
 * The engines that there are: the one that the panel is on, and others that may have made its backups.
 *
 * @param own the one that it is on
 * @param all all of them, by their schemes
 */
public record Engines(StorageProvider own, Map<String, StorageProvider> all) {

    /** Keeps its own copy of the map. */
    public Engines {
        all = Map.copyOf(all);
    }

    /** Whether it is the one that the panel is on. */
    boolean isOwn(String scheme) {
        return own.scheme().equals(scheme);
    }

    /** An engine; empty if there is none of this scheme. */
    Optional<StorageProvider> of(String scheme) {
        return isOwn(scheme) ? Optional.of(own) : Optional.ofNullable(all.get(scheme));
    }

    /** What is wrong with a backup of an engine that is not there. */
    static String missing(String scheme) {
        return "it was made on " + scheme + ", and this program has no adapter for that: add the one for " + scheme
                + " to the class path";
    }
}
