package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a filter says in SQL, and which index is to be used: the one that leaves the fewest events in practice. SQLite would
 * guess, because it has no figures about the log, and it cannot know that a target is rarer than an actor.
 *
 * <p>Every index has its events in the order of the log, so nothing is sorted.
 */
final class EventConditions {

    private final AuditFilter filter;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    EventConditions(AuditFilter filter) {
        this.filter = filter;
        filter.from().ifPresent(from -> add("at >= " + value(Columns.of(from))));
        filter.to().ifPresent(to -> add("at < " + value(Columns.of(to))));
        filter.actor().ifPresent(actor -> add("actor = " + value(actor)));
        filter.action().ifPresent(action -> add(whereAction(action)));
        filter.target().ifPresent(target -> add("target = " + value(target)));
        filter.outcome().ifPresent(outcome -> add("outcome = '" + EventColumns.wireName(outcome) + "'"));
        filter.address().ifPresent(address -> add("address = " + value(address)));
        filter.requestId().ifPresent(request -> add("request_id = " + value(request)));
    }

    /** Restricts further. */
    void add(String condition) {
        conditions.add(condition);
    }

    /** The name of a parameter with this value. */
    String value(Object value) {
        values.add(value);
        return "?" + values.size();
    }

    /** Binds all values that were given. */
    StoreConnection.Binding binding() {
        return statement -> {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
        };
    }

    /** The log, by the best index, and the conditions. */
    String source() {
        return sourceBy(index());
    }

    /** The log by its times, and the conditions. */
    String sourceByTime() {
        return sourceBy("events_by_time");
    }

    /** The log by one of the actions that are wanted, and the conditions. */
    String sourceOf(String action) {
        return sourceBy("events_by_action") + " AND action = " + value(action);
    }

    /** Whether events of several actions are wanted, and nothing finds them better than their actions. */
    boolean isByActionPrefix() {
        return filter.actionPrefix().isPresent() && index().equals("events_by_action");
    }

    private String index() {
        if (filter.requestId().isPresent()) {
            return "events_by_request";
        }
        if (filter.target().filter(target -> !target.isEmpty()).isPresent()) {
            return "events_by_target";
        }
        if (filter.outcome().filter(outcome -> outcome != AuditOutcome.SUCCESS).isPresent()) {
            return "events_by_failure";
        }
        if (filter.address().isPresent()) {
            return "events_by_address";
        }
        if (filter.actor().isPresent()) {
            return "events_by_actor";
        }
        return filter.action().isPresent() ? "events_by_action" : "events_by_time";
    }

    private String sourceBy(String index) {
        List<String> all = new ArrayList<>(conditions);
        impliedBy(index).ifPresent(all::add);
        return "events INDEXED BY " + index + (all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all));
    }

    /** Some indexes leave out what nobody looks for; SQLite must be told that it is not looked for. */
    private static Optional<String> impliedBy(String index) {
        return switch (index) {
            case "events_by_request" -> Optional.of("request_id IS NOT NULL");
            case "events_by_target" -> Optional.of("target <> ''");
            case "events_by_failure" -> Optional.of("outcome <> 'success'");
            case "events_by_address" -> Optional.of("address IS NOT NULL");
            default -> Optional.empty();
        };
    }

    /** All that starts with {@code site.} lies between that and {@code site/}: the slash comes after the dot. */
    private String whereAction(String action) {
        return filter.actionPrefix().isPresent()
                ? "action >= " + value(action) + " AND action < "
                        + value(action.substring(0, action.length() - 1) + "/")
                : "action = " + value(action);
    }
}
