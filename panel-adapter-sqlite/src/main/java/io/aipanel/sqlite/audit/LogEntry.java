package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.NewAuditEvent;

/**
 * An event and its leaf, made by whoever brings the event: the thread that writes has enough to do.
 *
 * @param event what was done
 * @param leaf its hash
 */
record LogEntry(NewAuditEvent event, Hash leaf) {

    static LogEntry of(NewAuditEvent event) {
        return new LogEntry(event, EventEncoding.leaf(event));
    }
}
