package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.iam.Permission;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Json;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Relay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Records events and reads them. Safe for use by many threads. */
public final class AuditLog {

    /** How long a reader waits for events that were committed but not delivered yet. */
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final AuditRepository audit;
    private final Relay relay;
    private final Access access;
    private final InstantSource clock;

    /** For {@link io.aipanel.service.Panel}. */
    public AuditLog(Storage storage, Relay relay, Access access, InstantSource clock) {
        this.audit = storage.audit();
        this.relay = relay;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Records an event. It is durable when this method returns.
     *
     * @throws io.aipanel.domain.InvalidValueException if the details are not JSON
     */
    public AuditEvent record(NewAuditEvent event) {
        return record(List.of(event)).get(0);
    }

    /**
     * Records events, all or none. They are durable when this method returns.
     *
     * @param events 0 to 10 000 events
     * @throws io.aipanel.domain.InvalidValueException if the details of one are not JSON; nothing is recorded
     */
    public List<AuditEvent> record(List<NewAuditEvent> events) {
        events.forEach(event -> Json.requireValid("details", event.details()));
        return audit.append(events);
    }

    /**
     * Records that an actor did something successfully, now.
     *
     * @param action what was done, for example {@code file.upload}
     * @param target what it was done to; may be empty
     * @param details anything else as JSON; never a secret
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_WRITE}
     */
    public AuditEvent record(Actor actor, String action, String target, String details) {
        return record(actor, action, target, AuditOutcome.SUCCESS, new JsonText(details));
    }

    /**
     * Records that an actor did something, or that it failed or was refused, now.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_WRITE}
     */
    public AuditEvent record(Actor actor, String action, String target, AuditOutcome outcome, JsonText details) {
        access.require(actor, Permission.AUDIT_WRITE, "audit.record");
        return record(new NewAuditEvent(
                clock.instant(), actor.name(), action, target, outcome, actor.address(), actor.requestId(), details));
    }

    /**
     * Events by time, then index. What was committed before this call is among them, unless the audit store does not
     * answer in time.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public Page<AuditEvent> list(Actor actor, AuditFilter filter, PageRequest page) {
        access.require(actor, Permission.AUDIT_READ, "audit.list");
        relay.awaitDelivery(CATCH_UP);
        return audit.events(filter, page);
    }

    /**
     * Counts events by what they have in common. What was committed before this call is counted, unless the audit store does
     * not answer in time.
     *
     * @param filter which events, without a text of their details
     * @return as {@link AuditRepository#counts} has it
     * @throws io.aipanel.domain.InvalidValueException ({@code text}) if the filter has a text of the details
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public List<EventCount> counts(Actor actor, AuditFilter filter, EventGrouping by) {
        access.require(actor, Permission.AUDIT_READ, "audit.summary");
        if (filter.text().isPresent()) {
            throw new InvalidValueException("text", "cannot be counted: leave it out, or list the events");
        }
        relay.awaitDelivery(CATCH_UP);
        return audit.counts(filter, by);
    }

    /**
     * The event at an index.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public Optional<AuditEvent> find(Actor actor, long index) {
        access.require(actor, Permission.AUDIT_READ, "audit.show");
        return audit.event(index);
    }
}
