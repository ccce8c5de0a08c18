package io.aipanel.postgres.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.postgres.storage.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds a page of the log, along an index that has its events in order. */
final class EventSearch {

    private final AuditFilter filter;
    private final PageRequest page;
    private final EventConditions conditions;
    private final String direction;

    EventSearch(AuditFilter filter, PageRequest page) {
        this.filter = filter;
        this.page = page;
        this.conditions = new EventConditions(filter);
        this.direction = filter.newestFirst() ? "DESC" : "ASC";
        page.after().map(cursor -> cursor.ofSize(2)).ifPresent(after -> {
            conditions.add(
                    "(at, index) " + (filter.newestFirst() ? "<" : ">") + " (:afterAt, :afterIndex)",
                    "afterAt",
                    after.time(0));
            conditions.value("afterIndex", after.number(1));
        });
    }

    Page<AuditEvent> run(Handle handle) {
        return filter.text().isPresent() ? lookThrough(handle) : find(handle);
    }

    private Page<AuditEvent> find(Handle handle) {
        List<AuditEvent> found =
                query(handle).map((row, context) -> EventRow.event(row)).list();
        return Page.of(found, page.limit(), event -> cursor(event.event().at(), event.index()));
    }

    /** The query for a page and one event more. */
    Query query(Handle handle) {
        String sql = isByActionPrefix()
                ? ofActions() + order()
                : EventRow.SELECT + conditions.where() + conditions.order(direction);
        return conditions.bind(handle.createQuery(sql + " LIMIT :limit")).bind("limit", page.limit() + 1);
    }

    /** Each action that starts so is looked for by itself, because only so its index has the events in order. */
    private String ofActions() {
        return """
                WITH RECURSIVE found (name) AS (
                    SELECT min(action) FROM audit.events WHERE action >= :prefix AND action < :prefixEnd
                    UNION ALL
                    SELECT (SELECT min(action) FROM audit.events WHERE action > name AND action < :prefixEnd)
                    FROM found WHERE name IS NOT NULL
                )
                SELECT event.* FROM found CROSS JOIN LATERAL (
                    SELECT index, %1$s FROM audit.events WHERE action = ANY (ARRAY[found.name])%2$s
                    ORDER BY action %3$s, at %3$s, index %3$s
                    LIMIT :limit
                ) AS event
                WHERE found.name IS NOT NULL
                """.formatted(EventRow.COLUMNS, conditions.and(), direction);
    }

    /** Whether nothing finds the events better than their actions. */
    private boolean isByActionPrefix() {
        return filter.actionPrefix().isPresent()
                && filter.actor().isEmpty()
                && filter.target().isEmpty()
                && filter.outcome().isEmpty()
                && filter.address().isEmpty()
                && filter.requestId().isEmpty();
    }

    private String order() {
        return " ORDER BY at " + direction + ", index " + direction;
    }

    /** Looks at the details of no more than so many events, and says where it has stopped. */
    private Page<AuditEvent> lookThrough(Handle handle) {
        List<AuditEvent> events = new ArrayList<>();
        List<Stop> stops = lookThroughQuery(handle)
                .map((row, context) -> {
                    if (row.getObject("index") != null) {
                        events.add(EventRow.event(row));
                    }
                    return new Stop(row.getInt("looked_through"), Rows.time(row, "last_at"), row.getLong("last_index"));
                })
                .list();
        if (events.size() > page.limit()) {
            return Page.of(events, page.limit(), event -> cursor(event.event().at(), event.index()));
        }
        return new Page<>(events, stops.stream().findFirst().flatMap(Stop::next));
    }

    /** The query for the events with the text, each together with how far was looked. */
    Query lookThroughQuery(Handle handle) {
        String backwards = filter.newestFirst() ? "ASC" : "DESC";
        // The details are looked at one by one and not carried along: each may be large.
        String sql =
                """
                WITH looked AS MATERIALIZED (
                    SELECT index, at, strpos(details, :text) > 0 AS found FROM audit.events%1$s%5$s LIMIT :most
                ), last AS (
                    SELECT index AS last_index, at AS last_at, (SELECT count(*) FROM looked) AS looked_through
                    FROM looked ORDER BY at %3$s, index %3$s LIMIT 1
                ), hit AS (
                    SELECT index FROM looked WHERE found%2$s LIMIT :limit
                )
                SELECT event.*, last.*
                FROM last LEFT JOIN (
                    SELECT index, %4$s FROM audit.events WHERE index IN (SELECT index FROM hit)
                ) AS event ON true%2$s
                """.formatted(conditions.where(), order(), backwards, EventRow.COLUMNS, conditions.order(direction));
        return conditions
                .bind(handle.createQuery(sql))
                .bind("text", filter.text().orElseThrow())
                .bind("most", AuditRepository.MAX_LOOKED_THROUGH)
                .bind("limit", page.limit() + 1);
    }

    private static Cursor cursor(Instant at, long index) {
        return Cursor.of(Rows.cursorPart(at), Long.toString(index));
    }

    /** Where looking through the log has stopped, and after how many events. */
    private record Stop(int lookedThrough, Instant at, long index) {

        Optional<Cursor> next() {
            return lookedThrough < AuditRepository.MAX_LOOKED_THROUGH
                    ? Optional.empty()
                    : Optional.of(cursor(at, index));
        }
    }
}
