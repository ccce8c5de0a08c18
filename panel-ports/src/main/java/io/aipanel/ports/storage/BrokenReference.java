package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/**
 * The change would leave something without what it refers to: a site of an owner who does not exist, or the removal of
 * a role that users still have. Nothing was changed.
 */
public final class BrokenReference extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param cause what the driver said; null if it was not the driver who noticed
     */
    public BrokenReference(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
