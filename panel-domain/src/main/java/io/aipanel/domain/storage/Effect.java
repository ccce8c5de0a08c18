package io.aipanel.domain.storage;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.NewJob;

/**
 * What follows from a change and belongs into another store. It is written beside the change, in one transaction,
 * and moved to where it belongs afterwards, exactly once.
 */
public sealed interface Effect {

    /** Identifies the effect, so that it is applied once. */
    EffectId id();

    /**
     * An event for the audit log.
     *
     * @param id identifies the effect
     * @param event what was done
     */
    record Record(EffectId id, NewAuditEvent event) implements Effect {}

    /**
     * A job for the queue.
     *
     * @param id identifies the effect
     * @param job what is to be done
     */
    record Enqueue(EffectId id, NewJob job) implements Effect {}
}
