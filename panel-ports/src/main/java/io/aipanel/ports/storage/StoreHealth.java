package io.aipanel.ports.storage;

import java.util.Optional;

/**
 * How a store is.
 *
 * @param store which one
 * @param failure what it does instead of being read and written: nearly always a {@link StoreException}; empty if it is
 *     well
 */
public record StoreHealth(StoreName store, Optional<RuntimeException> failure) {

    /** What is wrong and what to do; empty if it is well. */
    public Optional<String> problem() {
        return failure.map(thrown -> String.valueOf(thrown.getMessage()));
    }
}
