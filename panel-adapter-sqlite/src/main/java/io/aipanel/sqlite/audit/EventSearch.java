package io.aipanel.sqlite.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds a page of the log, along an index that has its events in order. */
final class EventSearch {

    private static final String COLUMNS = "\"index\", at, actor, action, target, outcome, address, request_id, details";

    /** So many actions are looked for one by one, each along the index; of more, every event in time is looked at. */
    private static final int MOST_ACTIONS = 64;

    private final AuditFilter filter;
    private final PageRequest page;
    private final String order;
    private final boolean byActionPrefix;
    /** The actions that are looked for one by one, if events are found by a beginning of their actions. */
    private final List<String> actions = new ArrayList<>();

    EventSearch(AuditFilter filter, PageRequest page) {
        this.filter = filter;
        this.page = page;
        String direction = filter.newestFirst() ? " DESC" : " ASC";
        this.order = " ORDER BY at" + direction + ", \"index\"" + direction + " LIMIT ";
        this.byActionPrefix = new EventConditions(filter).isByActionPrefix();
    }

    Page<AuditEvent> run(StoreConnection audit) {
        if (!byActionPrefix) {
            return look(audit);
        }
        // Two statements: entries that are written in between would be of actions that the first has not found.
        return audit.handle().inTransaction(handle -> {
            actions.addAll(actions(audit));
            return look(audit);
        });
    }

    private Page<AuditEvent> look(StoreConnection audit) {
        return filter.text().isPresent() ? lookThrough(audit, filter.text().get()) : find(audit);
    }

    private Page<AuditEvent> find(StoreConnection audit) {
        EventConditions conditions = conditions();
        String select = select(COLUMNS, conditions, page.limit() + 1);
        List<AuditEvent> found = audit.prepared(select, statement -> {
            conditions.binding().to(statement);
            List<AuditEvent> events = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(StoredEvents.sound(row));
                }
            }
            return events;
        });
        return Page.of(
                found, page.limit(), event -> cursor(Columns.of(event.event().at()), event.index()));
    }

    /** Looks at the details of no more than so many events, and says where it has stopped. */
    private Page<AuditEvent> lookThrough(StoreConnection audit, String text) {
        EventConditions conditions = conditions();
        String found = ", instr(details, " + conditions.value(text) + ") > 0 AS found";
        String select = select(COLUMNS + found, conditions, AuditRepository.MAX_LOOKED_THROUGH);
        return audit.prepared(select, statement -> {
            conditions.binding().to(statement);
            List<AuditEvent> events = new ArrayList<>();
            int lookedThrough = 0;
            long at = 0;
            long index = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (events.size() < page.limit() && row.next()) {
                    lookedThrough++;
                    at = row.getLong("at");
                    index = row.getLong("index");
                    if (row.getBoolean("found")) {
                        events.add(StoredEvents.sound(row));
                    }
                }
            }
            boolean mayGoOn = events.size() == page.limit() || lookedThrough == AuditRepository.MAX_LOOKED_THROUGH;
            return new Page<>(events, mayGoOn ? Optional.of(cursor(at, index)) : Optional.empty());
        });
    }

    private EventConditions conditions() {
        EventConditions conditions = new EventConditions(filter);
        page.after().map(cursor -> cursor.ofSize(2)).ifPresent(after -> {
            String beyond = filter.newestFirst() ? " < " : " > ";
            String at = conditions.value(Columns.of(after.time(0)));
            // SQLite enters the index at the first condition; the second alone would have it read from the end.
            conditions.add("at" + beyond.stripTrailing() + "= " + at);
            conditions.add("(at, \"index\")" + beyond + "(" + at + ", " + conditions.value(after.number(1)) + ")");
        });
        return conditions;
    }

    private String select(String columns, EventConditions conditions, int limit) {
        String ordered = order + limit;
        if (!byActionPrefix) {
            // Parts in order are merged as they are read; all but the events without entries are.
            return conditions.sources().stream()
                    .map(source -> "SELECT " + columns + " FROM " + source)
                    .collect(Collectors.joining(" UNION ALL ", "", ordered));
        }
        if (actions.size() > MOST_ACTIONS) {
            return "SELECT " + columns + " FROM " + conditions.sourceByTime() + ordered;
        }
        return Stream.concat(actions.stream().map(conditions::sourceOf), Stream.of(conditions.sourceOfLatecomers()))
                .map(source -> "SELECT * FROM (SELECT " + columns + " FROM " + source + ordered + ")")
                .collect(Collectors.joining(" UNION ALL ", "", ordered));
    }

    /** The actions that start so and have entries, as far as they are counted: one step along these for each. */
    private List<String> actions(StoreConnection audit) {
        String prefix = filter.actionPrefix().orElseThrow();
        String end = prefix.substring(0, prefix.length() - 1) + "/";
        return audit.prepared("""
                WITH RECURSIVE found (name) AS (
                    SELECT min(action) FROM entries_by_action WHERE action >= ?1 AND action < ?2
                    UNION ALL
                    SELECT (SELECT min(action) FROM entries_by_action WHERE action > name AND action < ?2)
                    FROM found WHERE name IS NOT NULL
                )
                SELECT name FROM found WHERE name IS NOT NULL LIMIT ?3
                """, statement -> {
            statement.setString(1, prefix);
            statement.setString(2, end);
            statement.setInt(3, MOST_ACTIONS + 1);
            List<String> names = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
            return names;
        });
    }

    private static Cursor cursor(long at, long index) {
        return Cursor.of(Long.toString(at), Long.toString(index));
    }
}
