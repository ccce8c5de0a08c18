package io.aipanel.ports.audit;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.NewAuditEvent;
import java.util.List;
import java.util.Optional;

/**
 * The audit log: a growing list of events that are never changed. Safe for use by many threads and processes at once.
 */
public interface AuditRepository {

    /**
     * Appends events in the given order, all or none, next to each other. They are durable and visible when this method
     * returns.
     *
     * @param events 0 to 10 000 events
     * @return the events with their indexes, which go on from the last one without a gap
     * @throws IllegalArgumentException if there are too many
     */
    List<AuditEvent> append(List<NewAuditEvent> events);

    /** The event at an index; empty if the log has no such index. */
    Optional<AuditEvent> event(long index);

    /**
     * Events in the order of time, then index; both descending if the filter asks for the newest first.
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<AuditEvent> events(AuditFilter filter, PageRequest page);

    /** How many events there are, which is the index of the next one. */
    long size();
}
