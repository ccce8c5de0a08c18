package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.NewAuditEvent;
import java.util.List;

/**
 * An event on its way into the log, and its leaf, which is made before anybody has to wait for it.
 *
 * @param event what was done
 * @param leaf the leaf that stands for it
 */
record HashedEvent(NewAuditEvent event, Hash leaf) {

    static List<HashedEvent> of(List<NewAuditEvent> events) {
        return events.stream()
                .map(event -> new HashedEvent(event, EventEncoding.leaf(event)))
                .toList();
    }
}
