package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.domain.iam.Permission;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.service.Json;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Condition;
import io.aipanel.service.storage.Relay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Records events, reads them, and proves them. Safe for use by many threads. */
public final class AuditLog {

    /** How long a reader waits for events that were committed but not delivered yet. */
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final AuditRepository audit;
    private final CheckpointRepository keptCheckpoints;
    private final Checkpoints checkpoints;
    private final LogProofs proofs;
    private final CutOff cutOff;
    private final Relay relay;
    private final Access access;
    private final InstantSource clock;

    /** For {@link io.aipanel.service.Panel}. */
    public AuditLog(
            Storage storage, Checkpoints checkpoints, CutOff cutOff, Relay relay, Access access, InstantSource clock) {
        this.audit = storage.audit();
        this.keptCheckpoints = storage.checkpoints();
        this.checkpoints = checkpoints;
        this.proofs = new LogProofs(audit, keptCheckpoints);
        this.cutOff = cutOff;
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
     * Begins to export events. What was committed before this call is among them, unless the audit store does not answer in
     * time; what comes later is not.
     *
     * @param filter which events, and in which order; {@link AuditFilter#OLDEST} for the whole log by index, with what a check
     *     of it needs
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public AuditExport export(Actor actor, AuditFilter filter, ExportFormat format) {
        access.require(actor, Permission.AUDIT_READ, "audit.export");
        relay.awaitDelivery(CATCH_UP);
        return AuditExport.of(audit, keptCheckpoints, filter, format);
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

    /**
     * The checkpoint of the largest size, of several the latest; empty if there is none yet.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public Optional<KeptCheckpoint> latestCheckpoint(Actor actor) {
        access.require(actor, Permission.AUDIT_READ, "audit.checkpoint");
        return keptCheckpoints.latest();
    }

    /**
     * Makes a checkpoint of the log as it is now, unless the latest of this panel is that, and tries once to bring it to the
     * places outside; {@link #anchors} says how that went.
     *
     * @throws InvalidValueException ({@code audit.key}) if this panel has no key, or it cannot be used
     * @throws StoreCorrupt if the log does not continue what this panel has signed before
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_WRITE}
     */
    public KeptCheckpoint makeCheckpoint(Actor actor) {
        access.require(actor, Permission.AUDIT_WRITE, "audit.sign");
        relay.awaitDelivery(CATCH_UP);
        return checkpoints.make();
    }

    /**
     * The names that the log has had: another begins when it is restored from a backup and cannot be kept.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public LogOrigins origins(Actor actor) {
        access.require(actor, Permission.AUDIT_READ, "audit.checkpoint");
        return keptCheckpoints.origins();
    }

    /**
     * The public keys of all panels that have ever signed the log.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public List<VerifierKey> keys(Actor actor) {
        access.require(actor, Permission.AUDIT_READ, "audit.checkpoint");
        return keptCheckpoints.keys();
    }

    /**
     * How well checkpoints get to the places outside, by name. Of a log that goes on under another name only those under the
     * present one are told: there will be no others.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public List<AnchorState> anchors(Actor actor) {
        access.require(actor, Permission.AUDIT_READ, "audit.checkpoint");
        LogOrigins origins = keptCheckpoints.origins();
        Set<String> former = keptCheckpoints.keys().stream()
                .filter(key -> origins.isFormer(key.name()))
                .map(VerifierKey::hexId)
                .collect(Collectors.toSet());
        return keptCheckpoints.anchors().stream()
                .filter(anchor -> !former.contains(anchor.signer()))
                .toList();
    }

    /**
     * Forgets how well checkpoints got to a place that they are no longer brought to; nothing happens if it is not known.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_WRITE}
     */
    public void forgetAnchor(Actor actor, String name) {
        access.require(actor, Permission.AUDIT_WRITE, "audit.forget-anchor");
        keptCheckpoints.forgetAnchor(name);
    }

    /**
     * Proves that an event is in the log.
     *
     * @param index the event's index
     * @param size in the log with so many events; empty for the latest checkpoint's size or, if that does not cover the
     *     event, the present one
     * @throws InvalidValueException ({@code index}, {@code size}) if there is no such event, or was not with that size
     * @throws StoreCorrupt if the log was damaged by other means where the proof comes from
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public ProvenEvent inclusion(Actor actor, long index, Optional<Long> size) {
        access.require(actor, Permission.AUDIT_READ, "audit.prove");
        return proofs.inclusion(index, size);
    }

    /**
     * Proves that the log with so many events begins with what it was when it had fewer.
     *
     * @throws InvalidValueException ({@code from}, {@code to}) if it never had so many, or too few are left to say
     * @throws StoreCorrupt if the log was damaged by other means where the proof comes from
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public ConsistencyProof consistency(Actor actor, long from, long to) {
        access.require(actor, Permission.AUDIT_READ, "audit.prove");
        return proofs.consistency(from, to);
    }

    /**
     * Checks the whole log: everything is made anew from the events and compared. Takes about a second for each hundred
     * thousand events, and little memory.
     *
     * @param evidence what else it is compared with
     * @throws InvalidValueException ({@code audit.key}) if no public key is given and this panel's own key cannot be used
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public Verification verify(Actor actor, Evidence evidence) {
        return verify(actor, evidence, LogProgress.NONE);
    }

    /** The same as {@link #verify(Actor, Evidence)}, and says how far it has come. */
    public Verification verify(Actor actor, Evidence evidence, LogProgress progress) {
        access.require(actor, Permission.AUDIT_READ, "audit.verify");
        return new LogVerifier(() -> new StoredLog(audit, keptCheckpoints), progress)
                .verify(evidence, evidence.keys().isEmpty() ? checkpoints.key() : Optional.empty());
    }

    /**
     * Whether the file with the key of this panel can be used, and holds one of the keys that have signed the log.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public Condition keyCondition(Actor actor) {
        access.require(actor, Permission.AUDIT_READ, "audit.inspect");
        return new LogInspection(audit, keptCheckpoints).key(checkpoints.keyFile());
    }

    /**
     * Whether the log is as large as its tree says and goes on from the latest checkpoint: what can be told without reading
     * all of it, which {@link #verify} does.
     *
     * @throws StoreCorrupt if the log was damaged by other means where it was looked at
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_READ}
     */
    public Condition treeCondition(Actor actor) {
        access.require(actor, Permission.AUDIT_READ, "audit.inspect");
        return new LogInspection(audit, keptCheckpoints).tree();
    }

    /**
     * Cuts off every event below an index, and records that. From then on the log begins there and proves what is left; what
     * was cut off is removed in the background, and goes on after a restart.
     *
     * @param first the index of the first event to be kept, at most the log's size
     * @return how many events were cut off; 0 if they were before, and nothing is recorded
     * @throws InvalidValueException ({@code first}) if the index is out of range
     * @throws StoreCorrupt if the log was damaged by other means where the tree over what was cut off comes from
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_CUT}
     */
    public long cut(Actor actor, long first) {
        access.require(actor, Permission.AUDIT_CUT, "audit.cut");
        return cutOff.cut(actor, first, clock.instant());
    }

    /**
     * The index of the first event at or after a time: every event below it is older. The log's size if all are.
     *
     * @param time not in the future
     * @throws InvalidValueException ({@code before}) if the time is in the future
     * @throws StoreCorrupt if an event below cannot be read
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#AUDIT_CUT}
     */
    public long firstSince(Actor actor, Instant time) {
        return firstSince(actor, time, LogProgress.NONE);
    }

    /** The same as {@link #firstSince(Actor, Instant)}, and says how many events it has looked at. */
    public long firstSince(Actor actor, Instant time, LogProgress progress) {
        access.require(actor, Permission.AUDIT_CUT, "audit.cut");
        if (time.isAfter(clock.instant())) {
            throw new InvalidValueException("before", "must not be in the future");
        }
        return cutOff.firstSince(time, progress);
    }

    /** Removes at once what was cut off and is still there; ends early if the panel is closed. */
    public void removeCutOff(Actor actor) {
        removeCutOff(actor, removed -> {});
    }

    /**
     * The same as {@link #removeCutOff(Actor)}, and says how far it has come.
     *
     * @param progress hears how many events this call has removed so far
     */
    public void removeCutOff(Actor actor, LongConsumer progress) {
        access.require(actor, Permission.AUDIT_CUT, "audit.cut");
        cutOff.remove(progress);
    }
}
