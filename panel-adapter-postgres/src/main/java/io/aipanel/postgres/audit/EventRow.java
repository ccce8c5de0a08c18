package io.aipanel.postgres.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Events as rows, in the log and in an outbox. */
public final class EventRow {

    /** The columns of an event besides its index. */
    public static final String COLUMNS = "at, actor, action, target, outcome, address, request_id, details";

    static final String SELECT = "SELECT index, " + COLUMNS + " FROM audit.events ";

    private EventRow() {}

    /** The event of a row. */
    public static NewAuditEvent newEvent(ResultSet row) throws SQLException {
        return new NewAuditEvent(
                Rows.time(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                Rows.constant(row, "outcome", AuditOutcome.class),
                Rows.optionalText(row, "address"),
                Rows.optionalText(row, "request_id"),
                new JsonText(row.getString("details")));
    }

    static AuditEvent event(ResultSet row) throws SQLException {
        return new AuditEvent(row.getLong("index"), newEvent(row));
    }
}
