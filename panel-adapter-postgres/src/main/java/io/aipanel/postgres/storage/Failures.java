package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns the driver's exceptions into the store's, by SQL state (PostgreSQL's manual, appendix A).
 *
 * @param location where the database is, for people
 */
public record Failures(String location) {

    /** Other transactions were in the way; the same work is likely to succeed when it is run again. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private static final Set<String> TIME_OVER = Set.of("57014", "55P03", "25P04");

    /** Whether the same work may simply be run again: nothing of it has happened. */
    static boolean isConflict(SQLException failure) {
        return CONFLICTS.contains(state(failure));
    }

    /** Whether the connection is lost, or the server is ending it. */
    static boolean isDisconnect(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03");
    }

    /** The driver's exception inside another one; empty if there is none. */
    public static Optional<SQLException> find(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** What a failure means before the commit was asked for: nothing was changed. */
    StoreException ofStatement(SQLException failure) {
        return Violations.of(failure).orElseGet(() -> general(failure));
    }

    /** What a failure means when the commit had been asked for. */
    StoreException ofCommit(SQLException failure) {
        if (isDisconnect(failure)) {
            return new StoreUnavailable(
                    Reason.OUTCOME_UNKNOWN,
                    "the connection to PostgreSQL at " + location
                            + " was lost while a change was being committed: it may"
                            + " or may not be there, look before you repeat it",
                    failure);
        }
        return ofStatement(failure);
    }

    /** What a failure means while the storage is being opened. */
    public StoreException ofOpening(SQLException failure) {
        String state = state(failure);
        return switch (state) {
            case "28P01" ->
                misconfigured(
                        "refused the password: check storage.password-file," + " PANEL_STORAGE_PASSWORD or ~/.pgpass",
                        failure);
            case "28000" ->
                misconfigured(
                        "refused the login (" + said(failure) + "): check the user name and the server's pg_hba.conf",
                        failure);
            case "3D000" ->
                misconfigured(
                        "has no such database: create it first, for example with"
                                + " createdb --encoding=UTF8 --owner=ROLE NAME",
                        failure);
            case "42501" ->
                misconfigured(
                        "refused to let the role do this (" + said(failure)
                                + "): make the role the owner of the database, or GRANT CREATE ON DATABASE to it and make it the"
                                + " owner of the schemas panel, audit and queue",
                        failure);
            default ->
                authentication(failure)
                        .<StoreException>map(told -> misconfigured(told, failure))
                        .orElseGet(() -> general(failure));
        };
    }

    /** What everyone is told after the storage was closed. */
    public static StoreUnavailable closed() {
        return new StoreUnavailable(Reason.CLOSED, "the storage was closed by this program", null);
    }

    StoreUnavailable timedOut(String what, @Nullable Throwable cause) {
        return new StoreUnavailable(
                Reason.TIMED_OUT, "PostgreSQL at " + location + " did not answer in time: " + what, cause);
    }

    StoreMisconfigured misconfigured(String told, @Nullable Throwable cause) {
        return new StoreMisconfigured("PostgreSQL at " + location + " " + told, cause);
    }

    /** What the server said, in one line and without the values that its detail repeats. */
    public static String said(SQLException failure) {
        ServerErrorMessage message = failure instanceof PSQLException told ? told.getServerErrorMessage() : null;
        String said = message == null ? null : message.getMessage();
        return said != null
                ? said
                : String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private StoreException general(SQLException failure) {
        String state = state(failure);
        if (isConflict(failure)) {
            return timedOut("others kept changing the same rows; try again", failure);
        }
        if (TIME_OVER.contains(state)) {
            return timedOut("the server is slow, or others hold what the call needs; try again", failure);
        }
        return switch (state) {
            case "25006" ->
                new StoreUnavailable(
                        Reason.READ_ONLY,
                        "PostgreSQL at " + location
                                + " is read-only: name the primary server, or end its read-only mode",
                        failure);
            case "42501" ->
                new StoreUnavailable(
                        Reason.READ_ONLY,
                        "PostgreSQL at " + location + " refused the role a right (" + said(failure)
                                + "): make it the owner of the schemas panel, audit and queue",
                        failure);
            case "53100" ->
                new StoreFull(
                        "PostgreSQL at " + location + " has no disk space left: make room on the server", failure);
            case "53300" ->
                unreachable(
                        "has too many connections: raise its max_connections, or lower" + " storage.pool-size",
                        failure);
            case "XX001", "XX002" ->
                new StoreCorrupt(
                        "PostgreSQL at " + location + " says that its data is damaged (" + said(failure)
                                + "): stop the panel and restore a backup",
                        failure);
            case "3F000", "42P01", "42703" ->
                new StoreCorrupt(
                        "PostgreSQL at " + location + " misses a part of the panel's schema (" + said(failure)
                                + "): restore a backup",
                        failure);
            default ->
                state.startsWith("08")
                                || state.startsWith("57")
                                || state.startsWith("28")
                                || state.startsWith("53")
                                || state.startsWith("58")
                                || state.startsWith("3D")
                                || failure instanceof SQLTransientConnectionException
                        ? unreachable(whyUnreachable(failure), failure)
                        : new StoreCorrupt(
                                "PostgreSQL at " + location + " gave an answer that the panel does not expect ("
                                        + said(failure) + ", SQL state " + state + ")",
                                failure);
        };
    }

    private StoreUnavailable unreachable(String told, SQLException failure) {
        return new StoreUnavailable(Reason.UNREACHABLE, "PostgreSQL at " + location + " " + told, failure);
    }

    private static String whyUnreachable(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "cannot be reached, because its host name is unknown: check the spelling and the name service";
            }
        }
        String said = said(failure);
        if (said.contains("targetServerType")) {
            return "cannot be written: none of its hosts is a primary server";
        }
        if (said.contains("unsupported startup parameter")) {
            return "cannot be reached through PgBouncer (" + said
                    + "): add the parameter to ignore_startup_parameters in pgbouncer.ini";
        }
        return "cannot be reached (" + said + "): check that it runs, and the host and port";
    }

    /** The driver itself gives up where a password is asked for and there is none: with a state of its own. */
    private static Optional<String> authentication(SQLException failure) {
        boolean noPassword = state(failure).equals("08004") && said(failure).contains("password");
        return noPassword
                ? Optional.of("asks for a password and none is given: set storage.password-file,"
                        + " PANEL_STORAGE_PASSWORD or ~/.pgpass")
                : Optional.empty();
    }

    private static String state(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException told && told.getSQLState() != null) {
                return told.getSQLState();
            }
        }
        return "";
    }
}
