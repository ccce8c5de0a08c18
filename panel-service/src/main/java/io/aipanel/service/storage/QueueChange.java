package io.aipanel.service.storage;

import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Actor;
import java.time.Instant;

/**
 * A change that an actor is making to the queue store: the store within a transaction, and what is to be recorded with it.
 * Good only while the transaction runs.
 */
public final class QueueChange {

    private final QueueTransaction transaction;
    private final Actor actor;
    private final Instant now;

    QueueChange(QueueTransaction transaction, Actor actor, Instant now) {
        this.transaction = transaction;
        this.actor = actor;
        this.now = now;
    }

    /** Jobs, within the transaction. */
    public JobQueueRepository jobs() {
        return transaction.jobs();
    }

    /** Queues, within the transaction. */
    public QueueRepository queues() {
        return transaction.queues();
    }

    /** Schedules, within the transaction. */
    public ScheduleRepository schedules() {
        return transaction.schedules();
    }

    /** Records that the actor did something. Call it after the change itself. */
    public void record(String action, String target, Details details) {
        transaction.emit(Change.event(actor, now, action, target, AuditOutcome.SUCCESS, details));
    }
}
