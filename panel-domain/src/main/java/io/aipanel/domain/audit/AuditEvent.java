package io.aipanel.domain.audit;

/**
 * An event in the log.
 *
 * @param index its place in the log: from 0, without gaps, in the order of appending
 * @param event what was done
 */
public record AuditEvent(long index, NewAuditEvent event) {

    /**
     * @throws IllegalArgumentException if the index is negative
     */
    public AuditEvent {
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative");
        }
    }
}
