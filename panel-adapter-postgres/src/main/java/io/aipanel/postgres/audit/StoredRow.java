package io.aipanel.postgres.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a row of the log that others may have changed: what cannot be an event is told, not thrown. */
final class StoredRow {

    private static final List<String> OUTCOMES =
            Arrays.stream(AuditOutcome.values()).map(Rows::nameOf).toList();

    private final ResultSet row;
    private String column = "index";

    private StoredRow(ResultSet row) {
        this.row = row;
    }

    static StoredEvent read(ResultSet row) throws SQLException {
        long index = row.getLong("index");
        StoredRow stored = new StoredRow(row);
        try {
            return StoredEvent.of(index, stored.event());
        } catch (InvalidValueException e) {
            return StoredEvent.unreadable(index, column(e.field()) + ": " + e.getMessage());
        } catch (SQLException e) {
            return StoredEvent.unreadable(index, stored.column + ": cannot be read");
        }
    }

    private NewAuditEvent event() throws SQLException {
        OffsetDateTime at = row.getObject(at("at"), OffsetDateTime.class);
        if (at == null) {
            throw missing();
        }
        String actor = text("actor");
        String action = text("action");
        String target = text("target");
        String outcome = text("outcome");
        if (!OUTCOMES.contains(outcome)) {
            throw new InvalidValueException("outcome", "must be one of " + OUTCOMES);
        }
        Optional<String> address = Optional.ofNullable(row.getString(at("address")));
        Optional<String> requestId = Optional.ofNullable(row.getString(at("request_id")));
        JsonText details = new JsonText(text("details"));
        return new NewAuditEvent(
                at.toInstant(),
                actor,
                action,
                target,
                AuditOutcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                address,
                requestId,
                details);
    }

    private String text(String name) throws SQLException {
        String text = row.getString(at(name));
        if (text == null) {
            throw missing();
        }
        return text;
    }

    private String at(String name) {
        column = name;
        return name;
    }

    private InvalidValueException missing() {
        return new InvalidValueException(column, "must be there");
    }

    /** The column of a field that the domain has refused. */
    private static String column(String field) {
        return switch (field) {
            case "requestId" -> "request_id";
            case "json" -> "details";
            default -> field;
        };
    }
}
