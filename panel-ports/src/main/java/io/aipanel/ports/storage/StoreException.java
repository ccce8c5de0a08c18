package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/**
 * A store could not do what was asked. Every driver's own exceptions become one of the kinds below and stay as its
 * cause. Messages say what to do next and never hold a secret.
 */
public abstract sealed class StoreException extends RuntimeException
        permits AlreadyExists,
                BrokenReference,
                OutboxFull,
                StaleVersion,
                StoreCorrupt,
                StoreFull,
                StoreMisconfigured,
                StoreUnavailable {

    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
