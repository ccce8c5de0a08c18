package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/**
 * A store answered that its content is damaged, or is no database at all. Nothing was moved or recreated.
 */
public final class StoreCorrupt extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param cause what the driver said; null if it was not the driver who noticed
     */
    public StoreCorrupt(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
