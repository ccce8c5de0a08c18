package io.aipanel.ports.storage;

import org.jspecify.annotations.Nullable;

/** A store does not answer, or not in time. {@link #reason()} tells whether the change may have been made. */
public final class StoreUnavailable extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Why a store does not answer. */
    public enum Reason {
        /** The caller's time was over before the store began. Nothing was changed. */
        TIMED_OUT,
        /** The store had begun when the time was over or the connection broke: the change may or may not be there. */
        OUTCOME_UNKNOWN,
        /** The store cannot be reached, or ends connections. Nothing was changed. */
        UNREACHABLE,
        /** The store can be read but refuses to be written. Nothing was changed. */
        READ_ONLY,
        /** The storage was closed by this program. Nothing was changed. */
        CLOSED
    }

    private final Reason reason;

    /**
     * @param reason why it does not answer
     * @param message what happened and what to do next
     * @param cause what the driver said; null if it was not the driver who noticed
     */
    public StoreUnavailable(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why the store does not answer. */
    public Reason reason() {
        return reason;
    }
}
