package io.aipanel.service.storage;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Actor;
import java.time.Instant;
import java.util.UUID;

/**
 * A change that an actor is making: the panel store within a transaction, and what is to be recorded and enqueued with
 * it. Good only while the transaction runs.
 */
public final class Change {

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private final PanelTransaction transaction;
    private final Actor actor;
    private final Instant now;

    Change(PanelTransaction transaction, Actor actor, Instant now) {
        this.transaction = transaction;
        this.actor = actor;
        this.now = now;
    }

    /** A new id, later than every earlier one of this process. */
    public static UUID newId() {
        return IDS.generate();
    }

    /** The time of the change. */
    public Instant now() {
        return now;
    }

    /** Users, roles, sessions, API tokens, within the transaction. */
    public IamRepository iam() {
        return transaction.iam();
    }

    /** Sites and their databases, within the transaction. */
    public HostingRepository hosting() {
        return transaction.hosting();
    }

    /** Components, within the transaction. */
    public VersionRepository versions() {
        return transaction.versions();
    }

    /** Settings, within the transaction. */
    public SettingsRepository settings() {
        return transaction.settings();
    }

    /** How the storage was loaded, within the transaction. */
    public CapacityRepository capacity() {
        return transaction.capacity();
    }

    /**
     * Records that the actor did something. Call it after the change itself, so that events stand in the order of the
     * changes.
     */
    public void record(String action, String target, Details details) {
        record(action, target, AuditOutcome.SUCCESS, details);
    }

    /** Records that the actor did something, or that it failed or was refused. */
    public void record(String action, String target, AuditOutcome outcome, Details details) {
        transaction.emit(event(actor, now, action, target, outcome, details));
    }

    /** Enqueues a job if, and only if, the change becomes durable. */
    public void enqueue(NewJob job) {
        transaction.emit(new Effect.Enqueue(new EffectId(newId()), job));
    }

    /** What records that an actor did something, or that it failed or was refused. */
    public static Effect.Record event(
            Actor actor, Instant now, String action, String target, AuditOutcome outcome, Details details) {
        NewAuditEvent event = new NewAuditEvent(
                now, actor.name(), action, target, outcome, actor.address(), actor.requestId(), details.toJson());
        return new Effect.Record(new EffectId(newId()), event);
    }
}
