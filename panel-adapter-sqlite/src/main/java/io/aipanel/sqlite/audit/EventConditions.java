package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says in SQL, and by which index or which entries events are to be found: the ones that leave the fewest
 * events in practice. SQLite would guess, because it has no figures about the log, and it cannot know that a target is rarer
 * than an actor.
 *
 * <p>Every index and all entries have their events in the order of the log, so none of these is sorted.
 */
final class EventConditions {

    private final AuditFilter filter;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    /** The columns that the filter restricts, but for the time. */
    private final Set<String> restricted = new HashSet<>();

    EventConditions(AuditFilter filter) {
        this.filter = filter;
        filter.from().ifPresent(from -> add("at >= " + value(Columns.of(from))));
        filter.to().ifPresent(to -> add("at < " + value(Columns.of(to))));
        filter.actor().ifPresent(actor -> restrict("actor", " = " + value(actor)));
        filter.action().ifPresent(this::restrictAction);
        filter.target().ifPresent(target -> restrict("target", " = " + value(target)));
        filter.outcome().ifPresent(outcome -> restrict("outcome", " = '" + EventColumns.wireName(outcome) + "'"));
        filter.address().ifPresent(address -> restrict("address", " = " + value(address)));
        filter.requestId().ifPresent(request -> restrict("request_id", " = " + value(request)));
    }

    /** Restricts further, by time or index. */
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

    /** The parts of the log that have what is wanted, the best ones to look at, each with the conditions. */
    List<String> sources() {
        Entries entries = entries();
        return entries == null
                ? List.of(sourceByIndex())
                : List.of(restricted(entries.withEvents()), restricted(entries.latecomers()));
    }

    /**
     * As {@link #sources()} where nothing of the events is needed but their time.
     *
     * @param column what else is needed; null if nothing is
     */
    List<String> sources(@Nullable String column) {
        Entries entries = entries();
        boolean enough = entries != null
                && (column == null || column.equals(entries.column()))
                && restricted.equals(Set.of(entries.column()));
        return enough ? List.of(restricted(entries.alone()), restricted(entries.latecomers())) : sources();
    }

    /** The log by its times, and the conditions. */
    String sourceByTime() {
        return indexed("events_by_time", Optional.empty());
    }

    /** The events that have an entry by one of the actions that are wanted, and the conditions. */
    String sourceOf(String action) {
        return restricted(Entries.ACTION.withEvents()) + " AND action = " + value(action);
    }

    /** The events that have no entry by action yet, and the conditions. */
    String sourceOfLatecomers() {
        return restricted(Entries.ACTION.latecomers());
    }

    /** Whether events of several actions are wanted, and nothing finds them better than their actions. */
    boolean isByActionPrefix() {
        return filter.actionPrefix().isPresent() && entries() == Entries.ACTION;
    }

    /** What to look for events by; null if there is an index that is better, or nothing but the time. */
    private @Nullable Entries entries() {
        if (filter.requestId().isPresent()) {
            return null;
        }
        if (filter.target().filter(target -> !target.isEmpty()).isPresent()) {
            return Entries.TARGET;
        }
        if (isOfFailures()) {
            return null;
        }
        if (filter.address().isPresent()) {
            return Entries.ADDRESS;
        }
        if (filter.actor().isPresent()) {
            return Entries.ACTOR;
        }
        return filter.action().isPresent() ? Entries.ACTION : null;
    }

    /** Some indexes leave out what nobody looks for; SQLite must be told that it is not looked for. */
    private String sourceByIndex() {
        if (filter.requestId().isPresent()) {
            return indexed("events_by_request", Optional.of("request_id IS NOT NULL"));
        }
        return isOfFailures() ? indexed("events_by_failure", Optional.of("outcome <> 'success'")) : sourceByTime();
    }

    private boolean isOfFailures() {
        return filter.outcome()
                .filter(outcome -> outcome != AuditOutcome.SUCCESS)
                .isPresent();
    }

    private String indexed(String index, Optional<String> implied) {
        List<String> all = new ArrayList<>(conditions);
        implied.ifPresent(all::add);
        return "events INDEXED BY " + index + (all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all));
    }

    /** @param source something to select from, with a condition of its own */
    private String restricted(String source) {
        return source + conditions.stream().map(" AND "::concat).collect(Collectors.joining());
    }

    private void restrict(String column, String condition) {
        restricted.add(column);
        add(column + condition);
    }

    /** All that starts with {@code site.} lies between that and {@code site/}: the slash comes after the dot. */
    private void restrictAction(String action) {
        if (filter.actionPrefix().isPresent()) {
            restrict("action", " >= " + value(action));
            restrict("action", " < " + value(action.substring(0, action.length() - 1) + "/"));
        } else {
            restrict("action", " = " + value(action));
        }
    }
}
