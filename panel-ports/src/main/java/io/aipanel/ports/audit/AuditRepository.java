package io.aipanel.ports.audit;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.InclusionProof;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import java.util.List;
import java.util.Optional;

/**
 * The audit log: a growing list of events that are never changed, and the tree over them (RFC 6962) that proves it. The
 * leaf of an event is {@link io.aipanel.domain.audit.EventEncoding#leaf}. Safe for use by many threads and processes at
 * once.
 */
public interface AuditRepository {

    /** The most events that are looked through for a text of their details before a page ends. */
    int MAX_LOOKED_THROUGH = 2_000;

    /** The most groups that events are counted in. */
    int MAX_GROUPS = 1_000;

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
     * Events in the order of time, then index; both descending if the filter asks for the newest first. While a text of the
     * details is looked for, no more than {@value #MAX_LOOKED_THROUGH} events are looked through at a time: then a page may
     * have fewer events than asked for, or none, and yet there is a next one.
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<AuditEvent> events(AuditFilter filter, PageRequest page);

    /**
     * Counts events by what they have in common.
     *
     * @param filter which events; without a text of the details, and in any order
     * @param by what they have in common
     * @return by time, the earliest first, if that is what they are counted by; otherwise the largest first, then by the
     *     group's name; never more than the {@value #MAX_GROUPS} first ones
     * @throws IllegalArgumentException if the filter has a text of the details
     */
    List<EventCount> counts(AuditFilter filter, EventGrouping by);

    /** How many events there ever were, which is the index of the next one. */
    long size();

    /** How large the log is, and where it begins. */
    LogTree tree();

    /**
     * Proves that an event is at its place in the tree that the log had, or has, with so many events.
     *
     * @param index the event's index, not below the log's first
     * @param size above the index, and not above {@link #size}
     * @throws IllegalArgumentException if index or size is out of range
     * @throws io.aipanel.ports.storage.StoreCorrupt if the log was damaged by other means where the proof comes from
     */
    InclusionProof inclusion(long index, long size);

    /**
     * Proves that the log with so many events begins with what it was when it had fewer.
     *
     * @param from 1 or more, and not below the index of the log's first event
     * @param to {@code from} or more, and not above {@link #size}
     * @throws IllegalArgumentException if {@code from} or {@code to} is out of range
     * @throws io.aipanel.ports.storage.StoreCorrupt if the log was damaged by other means where the proof comes from
     */
    ConsistencyProof consistency(long from, long to);

    /**
     * A stretch of the log as it is stored, for whoever checks it. Never fails because of what was done to the log by other
     * means, as long as the store can be read: that is for the caller to find.
     *
     * @param from the first index that is wanted; what is stored with a smaller one is left out
     * @param max how many events at most, 1 to 10 000
     * @return the events that there are, by index, also past the log's size; the nodes of the tree below them
     */
    LogPart part(long from, int max);

    /**
     * Cuts off every event below an index, and appends the event that says so, in one transaction; nothing if they were cut
     * off before. From then on {@link #tree} begins there. The events themselves go with {@link #removeCutOff}, which may
     * take long; until then they are still found.
     *
     * @param first the index of the first event to be kept, 0 to {@link #size}
     * @param event says so
     * @return how many events were cut off
     * @throws IllegalArgumentException if the index is out of range
     * @throws io.aipanel.ports.storage.StoreCorrupt if the log was damaged by other means where the tree over what was cut off
     *     comes from
     */
    long cut(long first, NewAuditEvent event);

    /**
     * Removes some of the events that were cut off, the oldest first.
     *
     * @param max how many at most, 1 or more; a store that can remove a whole part of the log at once does that, however many
     *     events these are
     * @return how many were removed; fewer than {@code max} when none are left
     */
    int removeCutOff(int max);
}
