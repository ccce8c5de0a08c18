package io.aipanel.sqlite.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.sqlite.storage.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A page of the log. Only the conditions that are asked for stand in the statement, so that SQLite can use its indexes. */
final class EventQuery {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final boolean newestFirst;
    private final int limit;

    EventQuery(AuditFilter filter, PageRequest page) {
        newestFirst = filter.newestFirst();
        limit = page.limit() + 1;
        filter.from().ifPresent(from -> where("at >= :from", "from", Columns.of(from)));
        filter.to().ifPresent(to -> where("at < :to", "to", Columns.of(to)));
        filter.actor().ifPresent(actor -> where("actor = :actor", "actor", actor));
        filter.action().ifPresent(this::whereAction);
        filter.target().ifPresent(this::whereTarget);
        filter.outcome().ifPresent(outcome -> where("outcome = :outcome", "outcome", EventColumns.wireName(outcome)));
        page.after().map(cursor -> cursor.ofSize(2)).ifPresent(this::whereAfter);
    }

    List<AuditEvent> run(Handle handle) {
        String direction = newestFirst ? "DESC" : "ASC";
        String sql = """
                SELECT "index", at, actor, action, target, outcome, address, request_id, details
                FROM events %s ORDER BY at %s, "index" %s LIMIT :limit
                """.formatted(
                        conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions), direction, direction);
        try (Query query = handle.createQuery(sql)) {
            return query.bindMap(values)
                    .bind("limit", limit)
                    .map((row, context) -> StoredEvents.sound(row))
                    .list();
        }
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    /** All that starts with {@code site.} lies between that and {@code site/}: the slash comes after the dot. */
    private void whereAction(String action) {
        if (action.endsWith(".")) {
            where("action >= :action", "action", action);
            where("action < :actionEnd", "actionEnd", action.substring(0, action.length() - 1) + "/");
        } else {
            where("action = :action", "action", action);
        }
    }

    /** The index leaves out events without a target: SQLite uses it only when told that none of those is wanted. */
    private void whereTarget(String target) {
        where("target = :target", "target", target);
        if (!target.isEmpty()) {
            conditions.add("target <> ''");
        }
    }

    private void whereAfter(Cursor cursor) {
        String beyond = newestFirst ? "<" : ">";
        where("at " + beyond + "= :afterAt", "afterAt", Columns.of(cursor.time(0)));
        where("(at, \"index\") " + beyond + " (:afterAt, :afterIndex)", "afterIndex", cursor.number(1));
    }
}
