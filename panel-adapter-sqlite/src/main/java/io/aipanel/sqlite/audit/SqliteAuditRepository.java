package io.aipanel.sqlite.audit;

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
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.sqlite.storage.JointWork;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The log in {@code audit.db}. */
public final class SqliteAuditRepository implements AuditRepository {

    private static final int MAX_EVENTS = 10_000;
    /** More than these are worth a step of their own. */
    private static final int MOST_JOINED = 16;

    private static final JointWork<List<LogEntry>, List<AuditEvent>> APPEND = EventLog::appendAll;

    private final StoreAccess audit;

    /** @param audit how to reach {@code audit.db} */
    public SqliteAuditRepository(StoreAccess audit) {
        this.audit = audit;
    }

    @Override
    public List<AuditEvent> append(List<NewAuditEvent> events) {
        if (events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("at most " + MAX_EVENTS + " events at once, not " + events.size());
        }
        List<LogEntry> entries = events.stream().map(LogEntry::of).toList();
        if (entries.isEmpty()) {
            return audit.read(connection -> List.of());
        }
        return entries.size() <= MOST_JOINED
                ? audit.write(APPEND, entries)
                : audit.write(connection -> List.copyOf(EventLog.append(connection, entries)));
    }

    @Override
    public Optional<AuditEvent> event(long index) {
        return audit.read(connection -> connection.prepared("""
                SELECT "index", at, actor, action, target, outcome, address, request_id, details
                FROM events WHERE "index" = ?
                """, statement -> {
            statement.setLong(1, index);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(StoredEvents.sound(row)) : Optional.<AuditEvent>empty();
            }
        }));
    }

    @Override
    public Page<AuditEvent> events(AuditFilter filter, PageRequest page) {
        EventSearch search = new EventSearch(filter, page);
        return audit.read(search::run);
    }

    @Override
    public List<EventCount> counts(AuditFilter filter, EventGrouping by) {
        if (filter.text().isPresent()) {
            throw new IllegalArgumentException("events are not counted by a text of their details");
        }
        return audit.read(connection -> List.copyOf(EventCounts.run(connection, filter, by)));
    }

    @Override
    public long size() {
        return audit.read(TreeRow::peaks).size();
    }

    @Override
    public LogTree tree() {
        return audit.read(TreeRow::tree);
    }

    @Override
    public InclusionProof inclusion(long index, long size) {
        return look(connection -> ProvenLog.of(connection).inclusion(index, size));
    }

    @Override
    public ConsistencyProof consistency(long from, long to) {
        return look(connection -> ProvenLog.of(connection).consistency(from, to));
    }

    @Override
    public LogPart part(long from, int max) {
        if (max < 1 || max > MAX_EVENTS) {
            throw new IllegalArgumentException("a part has 1 to " + MAX_EVENTS + " events, not " + max);
        }
        return look(connection -> {
            List<StoredEvent> events = new ArrayList<>();
            StoredEvents.each(connection, from, max, events::add);
            long until =
                    events.size() < max ? Long.MAX_VALUE : events.get(max - 1).index() + 1;
            return new LogPart(
                    TreeRow.treeAsItIs(connection), events, TreeNodes.endingWithin(connection, from, until, max));
        });
    }

    @Override
    public long cut(long first, NewAuditEvent event) {
        LogEntry entry = LogEntry.of(event);
        return audit.write(connection -> LogCut.run(connection, first, entry));
    }

    @Override
    public int removeCutOff(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("at least one event is to be removed, not " + max);
        }
        return audit.write(connection -> LogCut.remove(connection, max));
    }

    /** Reads with several statements what is there at one moment. */
    private <T> T look(Function<StoreConnection, T> work) {
        return audit.read(connection -> connection.handle().inTransaction(handle -> work.apply(connection)));
    }
}
