package io.aipanel.domain.audit;

import java.util.Optional;

/**
 * An event as a store has it, which may have been changed by other means.
 *
 * @param index its place in the log
 * @param event what was done; empty if what is there cannot be an event
 * @param problem why it cannot; empty if it can
 */
public record StoredEvent(long index, Optional<NewAuditEvent> event, String problem) {

    /** One that can be read. */
    public static StoredEvent of(long index, NewAuditEvent event) {
        return new StoredEvent(index, Optional.of(event), "");
    }

    /** One that cannot. */
    public static StoredEvent unreadable(long index, String problem) {
        return new StoredEvent(index, Optional.empty(), problem);
    }
}
