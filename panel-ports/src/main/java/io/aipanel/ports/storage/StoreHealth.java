package io.aipanel.ports.storage;

import java.util.Optional;

/**
 * How a store is.
 *
 * @param store which one
 * @param problem what is wrong and what to do; empty if it can be read and written
 */
public record StoreHealth(StoreName store, Optional<String> problem) {}
