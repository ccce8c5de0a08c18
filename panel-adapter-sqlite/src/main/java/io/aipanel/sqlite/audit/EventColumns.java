package io.aipanel.sqlite.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.sqlite.storage.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** How an event stands in the columns that the log and its outbox share. */
final class EventColumns {

    private EventColumns() {}

    /**
     * Binds at, actor, action, target, outcome, address, request_id and details, in this order.
     *
     * @param first the number of the first parameter
     */
    static void bind(PreparedStatement statement, int first, NewAuditEvent event) throws SQLException {
        statement.setLong(first, Columns.of(event.at()));
        statement.setString(first + 1, event.actor());
        statement.setString(first + 2, event.action());
        statement.setString(first + 3, event.target());
        statement.setString(first + 4, wireName(event.outcome()));
        statement.setString(first + 5, event.address().orElse(null));
        statement.setString(first + 6, event.requestId().orElse(null));
        statement.setString(first + 7, event.details().value());
    }

    static NewAuditEvent read(ResultSet row) throws SQLException {
        return new NewAuditEvent(
                Columns.time(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                AuditOutcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                Columns.optionalText(row, "address"),
                Columns.optionalText(row, "request_id"),
                new JsonText(row.getString("details")));
    }

    static String wireName(AuditOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
