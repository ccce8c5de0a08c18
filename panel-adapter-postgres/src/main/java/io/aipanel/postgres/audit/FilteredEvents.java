package io.aipanel.postgres.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.postgres.storage.Rows;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Lists of events. */
final class FilteredEvents {

    private FilteredEvents() {}

    static Page<AuditEvent> page(Handle handle, AuditFilter filter, PageRequest page) {
        List<AuditEvent> found = query(handle, filter, page)
                .map((row, context) -> EventRow.event(row))
                .list();
        return Page.of(
                found,
                page.limit(),
                last -> Cursor.of(Rows.cursorPart(last.event().at()), Long.toString(last.index())));
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
                EventRow.SELECT + where + " ORDER BY at " + direction + ", index " + direction + " LIMIT :limit");
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
}
