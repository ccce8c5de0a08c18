package io.aipanel.postgres.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** {@link AuditRepository} on the schema {@code audit}. */
public final class PostgresAuditRepository implements AuditRepository {

    private static final int MOST_EVENTS = 10_000;

    private static final String SELECT =
            "SELECT index, at, actor, action, target, outcome, address, request_id, details FROM audit.events ";

    private final Database database;

    /** @param database where the statements run */
    public PostgresAuditRepository(Database database) {
        this.database = database;
    }

    @Override
    public List<AuditEvent> append(List<NewAuditEvent> events) {
        if (events.size() > MOST_EVENTS) {
            throw new IllegalArgumentException("at most " + MOST_EVENTS + " events at a time, not " + events.size());
        }
        if (events.isEmpty()) {
            return List.of();
        }
        long first = database.change(handle -> append(handle, events));
        List<AuditEvent> appended = new ArrayList<>(events.size());
        for (NewAuditEvent event : events) {
            appended.add(new AuditEvent(first + appended.size(), event));
        }
        return appended;
    }

    @Override
    public Optional<AuditEvent> event(long index) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE index = :index")
                .bind("index", index)
                .map((row, context) -> event(row))
                .findOne());
    }

    @Override
    public Page<AuditEvent> events(AuditFilter filter, PageRequest page) {
        List<AuditEvent> found = database.read(handle ->
                query(handle, filter, page).map((row, context) -> event(row)).list());
        return Page.of(
                found,
                page.limit(),
                last -> Cursor.of(Rows.cursorPart(last.event().at()), Long.toString(last.index())));
    }

    @Override
    public long size() {
        return database.read(handle -> handle.createQuery("SELECT size FROM audit.head")
                .mapTo(Long.class)
                .one());
    }

    /** Makes room in the log and fills it: whoever comes next waits for the head's row until the commit. */
    private static long append(Handle handle, List<NewAuditEvent> events) {
        return handle.createQuery("""
                        WITH head AS (
                            UPDATE audit.head SET size = size + :count RETURNING size - :count AS first
                        ), added AS (
                            INSERT INTO audit.events
                                (index, at, actor, action, target, outcome, address, request_id, details)
                            SELECT head.first + event.place - 1, event.at::timestamptz, event.actor, event.action,
                                   event.target, event.outcome, event.address, event.request_id, event.details
                            FROM head,
                                 unnest(:at, :actor, :action, :target, :outcome, :address, :requestId, :details)
                                 WITH ORDINALITY AS event
                                     (at, actor, action, target, outcome, address, request_id, details, place)
                        )
                        SELECT first FROM head
                        """)
                .bind("count", events.size())
                .bindArray(
                        "at", String.class, column(events, event -> event.at().toString()))
                .bindArray("actor", String.class, column(events, NewAuditEvent::actor))
                .bindArray("action", String.class, column(events, NewAuditEvent::action))
                .bindArray("target", String.class, column(events, NewAuditEvent::target))
                .bindArray("outcome", String.class, column(events, event -> Rows.nameOf(event.outcome())))
                .bindArray(
                        "address",
                        String.class,
                        column(events, event -> event.address().orElse(null)))
                .bindArray(
                        "requestId",
                        String.class,
                        column(events, event -> event.requestId().orElse(null)))
                .bindArray(
                        "details",
                        String.class,
                        column(events, event -> event.details().value()))
                .mapTo(Long.class)
                .one();
    }

    private static Object[] column(
            List<NewAuditEvent> events, Function<NewAuditEvent, @org.jspecify.annotations.Nullable String> value) {
        return events.stream().map(value).toArray();
    }

    /** A statement of its own for each set of conditions, so that each finds the index that is made for it. */
    private static Query query(Handle handle, AuditFilter filter, PageRequest page) {
        StringBuilder where = new StringBuilder("WHERE true");
        filter.from().ifPresent(from -> where.append(" AND at >= :from"));
        filter.to().ifPresent(to -> where.append(" AND at < :to"));
        filter.actor().ifPresent(actor -> where.append(" AND actor = :actor"));
        filter.action()
                .ifPresent(action -> where.append(
                        action.endsWith(".")
                                ? " AND action >= :action AND action < :actionEnd"
                                : " AND action = :action"));
        // The index on the target leaves out events without one.
        filter.target()
                .ifPresent(target ->
                        where.append(" AND target = :target").append(target.isEmpty() ? "" : " AND target <> ''"));
        filter.outcome().ifPresent(outcome -> where.append(" AND outcome = :outcome"));
        String direction = filter.newestFirst() ? "DESC" : "ASC";
        page.after()
                .ifPresent(cursor -> where.append(filter.newestFirst() ? " AND (at, index) < " : " AND (at, index) > ")
                        .append("(:at, :index)"));
        Query query = handle.createQuery(
                SELECT + where + " ORDER BY at " + direction + ", index " + direction + " LIMIT :limit");
        filter.from().ifPresent(from -> query.bind("from", from));
        filter.to().ifPresent(to -> query.bind("to", to));
        filter.actor().ifPresent(actor -> query.bind("actor", actor));
        filter.action().ifPresent(action -> {
            query.bind("action", action);
            if (action.endsWith(".")) {
                // The character after the dot: what lies between the two starts with the prefix.
                query.bind("actionEnd", action.substring(0, action.length() - 1) + "/");
            }
        });
        filter.target().ifPresent(target -> query.bind("target", target));
        filter.outcome().ifPresent(outcome -> query.bind("outcome", Rows.nameOf(outcome)));
        page.after()
                .ifPresent(cursor -> query.bind("at", cursor.ofSize(2).time(0)).bind("index", cursor.number(1)));
        return query.bind("limit", page.limit() + 1);
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        return new AuditEvent(
                row.getLong("index"),
                new NewAuditEvent(
                        Rows.time(row, "at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("target"),
                        Rows.constant(row, "outcome", AuditOutcome.class),
                        Rows.optionalText(row, "address"),
                        Rows.optionalText(row, "request_id"),
                        new JsonText(row.getString("details"))));
    }
}
