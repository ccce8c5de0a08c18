package io.aipanel.postgres.storage;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the driver's exceptions say, by SQL state (PostgreSQL's manual, appendix A). */
public final class SqlStates {

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
    private static final Set<String> TIME_OVER = Set.of("57014", "55P03", "25P04");

    /** Bad data, a constraint, a limit of the server, or what a trigger raises. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54", "P0");

    private static final Set<String> UNREACHABLE = Set.of("08", "28", "3D", "53", "57", "58");

    private SqlStates() {}

    /** The driver's exception inside another one, the innermost if there are several; empty if there is none. */
    public static Optional<SQLException> find(@Nullable Throwable thrown) {
        SQLException found = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            // The pool wraps what has kept it from making a connection.
            if (cause instanceof SQLException failure && !(found instanceof PSQLException)) {
                found = failure;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whether it is about the data alone: the same would be refused each time. */
    public static boolean isRefusal(SQLException failure) {
        return REFUSALS.contains(classOf(failure));
    }

    /** Whether there is a row already with a value that only one row may have. */
    public static boolean isDuplicate(SQLException failure) {
        return of(failure).equals("23505");
    }

    /** What the server said, in one line and without the values that its detail repeats. */
    public static String said(SQLException failure) {
        ServerErrorMessage message = failure instanceof PSQLException told ? told.getServerErrorMessage() : null;
        String said = message == null ? null : message.getMessage();
        return said != null
                ? said
                : String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** The state; empty if the driver gave none. */
    static String of(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    /** Whether other transactions were in the way: the same is likely to succeed when it is run again. */
    static boolean isConflict(SQLException failure) {
        return CONFLICTS.contains(of(failure));
    }

    /** Whether the connection is lost, or the server is ending it. */
    static boolean isDisconnect(SQLException failure) {
        String state = of(failure);
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03");
    }

    /** Whether the server may be read but not written; the driver says so in a message of its own. */
    static boolean isReadOnly(SQLException failure) {
        return of(failure).equals("25006") || said(failure).contains("targetServerType");
    }

    /** Whether the server has given up a statement that took too long or waited too long. */
    static boolean isTimeOver(SQLException failure) {
        return TIME_OVER.contains(of(failure));
    }

    /** Whether the server, or what it stands on, is at fault, and may be well again later. */
    static boolean isUnreachable(SQLException failure) {
        return UNREACHABLE.contains(classOf(failure)) || of(failure).isEmpty();
    }

    private static String classOf(SQLException failure) {
        String state = of(failure);
        return state.length() < 2 ? "" : state.substring(0, 2);
    }
}
