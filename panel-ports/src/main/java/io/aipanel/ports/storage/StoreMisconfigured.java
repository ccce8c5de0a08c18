package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/**
 * The storage cannot be opened as it is configured: the directory cannot be written, the password is wrong, the schema is
 * newer than the program, another server holds it. Trying again helps only after somebody has changed something.
 */
public final class StoreMisconfigured extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param cause what the driver said; null if it was not the driver who noticed
     */
    public StoreMisconfigured(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
