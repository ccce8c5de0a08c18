package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/**
 * There is no room for the change: the file system or the database is full. Nothing was changed.
 */
public final class StoreFull extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param cause what the driver said; null if it was not the driver who noticed
     */
    public StoreFull(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
