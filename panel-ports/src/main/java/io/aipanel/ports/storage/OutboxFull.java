package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/**
 * So many effects wait to be delivered ({@code audit.outbox.max}) that the change was refused rather than left
 * unrecorded. Nothing was changed. It goes on as soon as the store they wait for answers again.
 */
public final class OutboxFull extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param cause what the driver said; null if it was not the driver who noticed
     */
    public OutboxFull(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
