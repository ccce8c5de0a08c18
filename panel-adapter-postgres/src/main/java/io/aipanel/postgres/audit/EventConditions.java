package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.postgres.storage.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What a filter says in SQL. Only the conditions that are asked for are there, so that the server finds the index that is
 * made for them. Where there is one, the order begins with its first column: otherwise the server, when it thinks that many
 * events are meant, goes along the time and throws away what it finds, to the other end of the log if they are all there.
 */
final class EventConditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private final Optional<String> first;

    EventConditions(AuditFilter filter) {
        this.first = first(filter);
        filter.from().ifPresent(from -> add("at >= :from", "from", from));
        filter.to().ifPresent(to -> add("at < :to", "to", to));
        filter.actor().ifPresent(actor -> equal("actor", "actor", actor));
        if (filter.actionPrefix().isPresent()) {
            String prefix = filter.actionPrefix().get();
            add("action >= :prefix", "prefix", prefix);
            // The character after the dot: what lies between the two starts with the prefix.
            add("action < :prefixEnd", "prefixEnd", prefix.substring(0, prefix.length() - 1) + "/");
        } else {
            filter.action().ifPresent(action -> equal("action", "action", action));
        }
        filter.target().ifPresent(target -> {
            equal("target", "target", target);
            if (!target.isEmpty()) {
                // The index on the target leaves out events without one.
                conditions.add("target <> ''");
            }
        });
        // Not as a parameter: the server must see that the index of what did not succeed is enough.
        filter.outcome().ifPresent(outcome -> conditions.add(equal("outcome", "'" + Rows.nameOf(outcome) + "'")));
        filter.address().ifPresent(address -> equal("address", "address", address));
        filter.requestId().ifPresent(request -> equal("request_id", "requestId", request));
    }

    /** The column whose index is gone along, if it is not the time: of several the one that is likely to say most. */
    private static Optional<String> first(AuditFilter filter) {
        if (filter.requestId().isPresent()) {
            return Optional.of("request_id");
        } else if (filter.target().filter(target -> !target.isEmpty()).isPresent()) {
            return Optional.of("target");
        } else if (filter.address().isPresent()) {
            return Optional.of("address");
        } else if (filter.actor().isPresent()) {
            return Optional.of("actor");
        } else if (filter.outcome()
                .filter(outcome -> outcome != AuditOutcome.SUCCESS)
                .isPresent()) {
            return Optional.of("outcome");
        }
        return filter.actionPrefix().isPresent()
                ? Optional.empty()
                : filter.action().map(any -> "action");
    }

    private void equal(String column, String name, String value) {
        add(equal(column, ":" + name), name, value);
    }

    /** The order may begin with a column only if the server does not see that it is always the same: an array hides it. */
    private String equal(String column, String value) {
        return column + (first.filter(column::equals).isPresent() ? " = ANY (ARRAY[" + value + "])" : " = " + value);
    }

    /** The order of time as the index has it that is gone along, the other way round if the newest come first. */
    String order(String direction) {
        return " ORDER BY "
                + first.map(column -> column + " " + direction + ", ").orElse("") + "at " + direction + ", index "
                + direction;
    }

    /** Restricts further. */
    void add(String condition, String name, Object value) {
        conditions.add(condition);
        value(name, value);
    }

    /** Gives a parameter its value. */
    void value(String name, Object value) {
        values.put(name, value);
    }

    /** The conditions, for where nothing restricts before them. */
    String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** The conditions, for where something restricts before them. */
    String and() {
        return conditions.isEmpty() ? "" : " AND " + String.join(" AND ", conditions);
    }

    /** Binds the values. */
    <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach(statement::bind);
        return statement;
    }
}
