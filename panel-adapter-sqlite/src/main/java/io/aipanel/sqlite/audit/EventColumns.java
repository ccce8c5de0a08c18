package io.aipanel.sqlite.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.sqlite.storage.Columns;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How an event stands in the columns that the log and its outbox share. */
final class EventColumns {

    /** What stands in a text of Java for bytes that are no character. */
    private static final char NO_CHARACTER = '\uFFFD';

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

    /**
     * Reads what {@link #bind} has written, and nothing else: of whatever else stands there it would not be known that
     * somebody has changed it.
     *
     * @param first the number of the first column, which is at
     * @throws IllegalArgumentException if it cannot have been written so; the message names the column
     */
    static NewAuditEvent read(ResultSet row, int first) throws SQLException {
        try {
            return new NewAuditEvent(
                    time(row, first, "at"),
                    text(row, first + 1, "actor"),
                    text(row, first + 2, "action"),
                    text(row, first + 3, "target"),
                    outcome(text(row, first + 4, "outcome")),
                    optionalText(row, first + 5, "address"),
                    optionalText(row, first + 6, "request_id"),
                    new JsonText(text(row, first + 7, "details")));
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(
                    column(e.field())
                            + String.valueOf(e.getMessage()).substring(e.field().length()),
                    e);
        }
    }

    static String wireName(AuditOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static Instant time(ResultSet row, int column, String name) throws SQLException {
        if (row.getObject(column) instanceof Number micros && !(micros instanceof Double)) {
            return Timestamps.ofEpochMicros(micros.longValue());
        }
        throw new IllegalArgumentException(name + " is not a whole number");
    }

    private static Optional<String> optionalText(ResultSet row, int column, String name) throws SQLException {
        return row.getObject(column) == null ? Optional.empty() : Optional.of(text(row, column, name));
    }

    private static String text(ResultSet row, int column, String name) throws SQLException {
        if (row.getObject(column) instanceof String text) {
            if (text.indexOf(NO_CHARACTER) >= 0) {
                requireCharacters(row.getBytes(column), name);
            }
            return text;
        }
        throw new IllegalArgumentException(name + " is not a text");
    }

    private static void requireCharacters(byte[] utf8, String name) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " is not valid UTF-8", e);
        }
    }

    private static AuditOutcome outcome(String name) {
        for (AuditOutcome outcome : AuditOutcome.values()) {
            if (wireName(outcome).equals(name)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("outcome is none of success, refused and failure");
    }

    private static String column(String field) {
        return switch (field) {
            case "requestId" -> "request_id";
            case "json" -> "details";
            default -> field;
        };
    }
}
