package io.aipanel.postgres.audit;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Events as rows, in the log and in an outbox. */
public final class EventRow {

    /** The columns of an event besides its index. */
    public static final String COLUMNS = "at, actor, action, target, outcome, address, request_id, details";

    static final String SELECT = "SELECT index, " + COLUMNS + " FROM audit.events ";

    private EventRow() {}

    /**
     * The event of a row of an outbox.
     *
     * @throws io.aipanel.domain.InvalidValueException if it cannot be one
     */
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

    /**
     * The event of a row of the log.
     *
     * @throws StoreCorrupt if it cannot be one
     */
    static AuditEvent event(ResultSet row) throws SQLException {
        StoredEvent stored = StoredRow.read(row);
        return new AuditEvent(
                stored.index(),
                stored.event()
                        .orElseThrow(() -> new StoreCorrupt(
                                "event " + stored.index() + " of the audit log was changed by other means ("
                                        + stored.problem() + "): panel audit verify says what else was",
                                null)));
    }
}
