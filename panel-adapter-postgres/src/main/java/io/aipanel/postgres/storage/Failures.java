package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the driver's exceptions into the store's.
 *
 * @param location where the database is, for people
 */
public record Failures(String location) {

    /** What everyone is told after the storage was closed. */
    public static StoreUnavailable closed() {
        return new StoreUnavailable(Reason.CLOSED, "the storage was closed by this program", null);
    }

    /** What a failure means while the storage is being opened. */
    public StoreException ofOpening(SQLException failure) {
        String said = SqlStates.said(failure);
        return switch (SqlStates.of(failure)) {
            case "28P01" ->
                misconfigured(
                        "refused the password: check storage.password-file, PANEL_STORAGE_PASSWORD or ~/.pgpass",
                        failure);
            case "28000" ->
                misconfigured(
                        "refused the login (%s): check the user name and the server's pg_hba.conf".formatted(said),
                        failure);
            // The driver gives up before the server does: no password, or no encryption that both are content with.
            case "08004" ->
                misconfigured(
                        "refused the connection (" + said
                                + "): check storage.password-file, PANEL_STORAGE_PASSWORD or ~/.pgpass, and sslmode",
                        failure);
            case "3D000" ->
                misconfigured(
                        "has no such database: create it first, for example with createdb"
                                + " --encoding=UTF8 --owner=ROLE NAME",
                        failure);
            case "42501" ->
                misconfigured(
                        "refused the role a right (" + said
                                + "): make it the owner of the database, or GRANT CREATE ON DATABASE to it and"
                                + " make it the owner of the schemas panel, audit and queue; or, for a role that owns"
                                + " nothing, open the storage once as the role that owns the schemas and grant what"
                                + " docs/postgresql.md lists",
                        failure);
            default -> general(failure);
        };
    }

    /** What a failure means before the commit was asked for: nothing was changed. */
    StoreException ofStatement(SQLException failure) {
        return Violations.of(failure).orElseGet(() -> general(failure));
    }

    /** What a failure means while the schemas are being replaced: nothing was changed. */
    StoreException ofReplacing(SQLException failure) {
        return switch (SqlStates.of(failure)) {
            case "42501" ->
                misconfigured(
                        "refused the role a right (" + SqlStates.said(failure)
                                + "): restore as the role that owns the schemas, and GRANT CREATE ON DATABASE to it",
                        failure);
            case "55P03" ->
                timedOut(
                        "others have used the tables all the time; end what reads them for long, such as a backup, and"
                                + " restore again",
                        failure);
            default -> ofStatement(failure);
        };
    }

    /** What a failure means when the commit had been asked for. */
    StoreException ofCommit(SQLException failure) {
        return SqlStates.isDisconnect(failure)
                ? unavailable(
                        Reason.OUTCOME_UNKNOWN,
                        "was lost while a change was being committed: the change may or may not be there,"
                                + " look before you repeat it",
                        failure)
                : ofStatement(failure);
    }

    /** What whoever has waited too long is told. */
    StoreUnavailable timedOut(String what, @Nullable Throwable cause) {
        return unavailable(Reason.TIMED_OUT, "did not answer in time: " + what, cause);
    }

    /** What is told when somebody must change something before the storage can be opened. */
    StoreMisconfigured misconfigured(String told, @Nullable Throwable cause) {
        return new StoreMisconfigured(sentence(told), cause);
    }

    /** What is told of a schema that has gone through changes which this program does not know. */
    StoreMisconfigured newer(StoreSchema schema, List<String> applied) {
        String unknown = applied.stream()
                .filter(id -> !schema.changes().ids().contains(id))
                .findFirst()
                .orElse("");
        return misconfigured(
                "has the change '" + unknown + "' in its schema " + schema.name()
                        + ", which this program does not know: use the newer program that made it",
                null);
    }

    private StoreException general(SQLException failure) {
        if (SqlStates.isConflict(failure)) {
            return timedOut("others kept changing the same rows; try again", failure);
        }
        if (SqlStates.isTimeOver(failure)) {
            return timedOut("the server is slow, or others hold what the call needs; try again", failure);
        }
        if (SqlStates.isReadOnly(failure)) {
            return unavailable(
                    Reason.READ_ONLY, "is read-only: name the primary server, or end its read-only mode", failure);
        }
        String said = SqlStates.said(failure);
        return switch (SqlStates.of(failure)) {
            case "42501" ->
                unavailable(
                        Reason.READ_ONLY,
                        ("refused the role a right (%s): make it the owner of the schemas panel, audit and queue, or grant"
                                        + " what docs/postgresql.md lists")
                                .formatted(said),
                        failure);
            case "53100" -> new StoreFull(sentence("has no disk space left: make room on the server"), failure);
            case "53300" ->
                unavailable(
                        Reason.UNREACHABLE,
                        "has too many connections: raise its max_connections, or lower storage.pool-size",
                        failure);
            case "XX001", "XX002" ->
                new StoreCorrupt(
                        sentence("says that its data is damaged (%s): stop the panel and restore a backup"
                                .formatted(said)),
                        failure);
            case "3F000", "42P01", "42703" ->
                new StoreCorrupt(
                        sentence("lacks a part of the panel's schema (%s): restore a backup".formatted(said)), failure);
            default ->
                SqlStates.isUnreachable(failure)
                        ? unavailable(Reason.UNREACHABLE, whyUnreachable(failure), failure)
                        : new StoreCorrupt(
                                sentence("gave an answer that the panel does not expect (%s, SQL state %s)"
                                        .formatted(said, SqlStates.of(failure))),
                                failure);
        };
    }

    private static String whyUnreachable(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "cannot be reached, because its host name is unknown: check the spelling and the name service";
            }
        }
        String said = SqlStates.said(failure);
        return said.contains("unsupported startup parameter")
                ? "cannot be reached through PgBouncer (" + said
                        + "): add the parameter to ignore_startup_parameters in pgbouncer.ini"
                : "cannot be reached (%s): check that it runs, and the host and port".formatted(said);
    }

    private StoreUnavailable unavailable(Reason reason, String told, @Nullable Throwable cause) {
        return new StoreUnavailable(reason, sentence(told), cause);
    }

    private String sentence(String told) {
        return "PostgreSQL at " + location + " " + told;
    }
}
