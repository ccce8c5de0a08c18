package io.aipanel.sqlite.audit;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.sqlite.storage.StoreAccess;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;

/** The log in {@code audit.db}. */
public final class SqliteAuditRepository implements AuditRepository {

    private static final int MAX_EVENTS = 10_000;

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
        List<NewAuditEvent> unchanging = List.copyOf(events);
        return unchanging.isEmpty()
                ? audit.read(connection -> List.of())
                : audit.write(connection -> List.copyOf(EventLog.append(connection, unchanging)));
    }

    @Override
    public Optional<AuditEvent> event(long index) {
        return audit.read(connection -> connection.prepared("""
                SELECT at, actor, action, target, outcome, address, request_id, details
                FROM events WHERE "index" = ?
                """, statement -> {
            statement.setLong(1, index);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new AuditEvent(index, EventColumns.read(row)))
                        : Optional.<AuditEvent>empty();
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
        return audit.read(connection ->
                connection.prepared("SELECT coalesce(max(\"index\") + 1, 0) FROM events", statement -> {
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                }));
    }
}
