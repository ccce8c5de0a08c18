package io.aipanel.sqlite.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.sqlite.storage.Columns;
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
        EventQuery query = new EventQuery(filter, page);
        List<AuditEvent> found = audit.read(connection -> query.run(connection.handle()));
        return Page.of(
                found,
                page.limit(),
                event -> Cursor.of(Long.toString(Columns.of(event.event().at())), Long.toString(event.index())));
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
