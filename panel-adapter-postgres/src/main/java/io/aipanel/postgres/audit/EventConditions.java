package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.postgres.storage.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What a filter says in SQL. Only the conditions that are asked for are there, so that the server finds the index that is
 * made for them.
 */
final class EventConditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    EventConditions(AuditFilter filter) {
        filter.from().ifPresent(from -> add("at >= :from", "from", from));
        filter.to().ifPresent(to -> add("at < :to", "to", to));
        filter.actor().ifPresent(actor -> add("actor = :actor", "actor", actor));
        if (filter.actionPrefix().isPresent()) {
            String prefix = filter.actionPrefix().get();
            add("action >= :prefix", "prefix", prefix);
            // The character after the dot: what lies between the two starts with the prefix.
            add("action < :prefixEnd", "prefixEnd", prefix.substring(0, prefix.length() - 1) + "/");
        } else {
            filter.action().ifPresent(action -> add("action = :action", "action", action));
        }
        filter.target().ifPresent(target -> {
            add("target = :target", "target", target);
            if (!target.isEmpty()) {
                // The index on the target leaves out events without one.
                conditions.add("target <> ''");
            }
        });
        // Not as a parameter: the server must see that the index of what did not succeed is enough.
        filter.outcome().ifPresent(outcome -> conditions.add("outcome = '" + Rows.nameOf(outcome) + "'"));
        filter.address().ifPresent(address -> add("address = :address", "address", address));
        filter.requestId().ifPresent(request -> add("request_id = :requestId", "requestId", request));
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
