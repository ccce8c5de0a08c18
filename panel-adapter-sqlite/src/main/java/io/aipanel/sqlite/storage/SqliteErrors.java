package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Turns what SQLite says into what the ports promise. Goes by the result code: the driver leaves the SQL state empty,
 * and messages are for people. The one exception is the name of the column that must be unique, which SQLite tells in
 * words only.
 */
public final class SqliteErrors {

    private static final Pattern UNIQUE_COLUMNS = Pattern.compile("UNIQUE constraint failed: ([^)]+)");

    /** What a key that is taken means, by its columns as SQLite names them. */
    private static final Map<String, Taken> TAKEN = Map.ofEntries(
            Map.entry("users.id", new Taken("id", "there is a user with this id already")),
            Map.entry("users.email", new Taken("email", "another user has this e-mail address")),
            Map.entry("roles.name", new Taken("name", "there is a role of this name already")),
            Map.entry("sessions.id", new Taken("id", "there is a session with this id already")),
            Map.entry("sessions.token_hash", new Taken("tokenHash", "there is a session with this token already")),
            Map.entry("api_tokens.id", new Taken("id", "there is an API token with this id already")),
            Map.entry(
                    "api_tokens.user_id, api_tokens.name",
                    new Taken("name", "the user has an API token of this name already")),
            Map.entry("api_tokens.token_hash", new Taken("tokenHash", "there is such an API token already")),
            Map.entry("sites.id", new Taken("id", "there is a site with this id already")),
            Map.entry("site_databases.id", new Taken("id", "there is a database with this id already")),
            Map.entry(
                    "site_databases.engine, site_databases.name",
                    new Taken("name", "the engine has a database of this name already")));

    private record Taken(String field, String message) {}

    private static final int PRIMARY_CODE = 0xFF;

    private SqliteErrors() {}

    /**
     * The store's failure behind a failure of Jdbi or the driver; anything else comes back as it is.
     *
     * @param failure what was thrown
     * @param file the file that was used, for the message
     */
    public static RuntimeException translate(Throwable failure, StoreFile file) {
        if (failure instanceof StoreException store) {
            return store;
        }
        Optional<SQLException> cause = causeOf(SQLiteException.class, failure)
                .<SQLException>map(sqlite -> sqlite)
                .or(() -> causeOf(SQLException.class, failure));
        if (cause.isEmpty()) {
            return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
        // What the driver or the pool says by itself has no code.
        return cause.get() instanceof SQLiteException sqlite
                ? translate(sqlite, file)
                : new StoreUnavailable(
                        Reason.UNREACHABLE,
                        file + " cannot be used: " + cause.get().getMessage(),
                        cause.get());
    }

    /** The error of SQLite that is behind a failure; empty if there is none. */
    static Optional<SQLiteException> sqliteCause(Throwable failure) {
        return causeOf(SQLiteException.class, failure);
    }

    private static <E extends Throwable> Optional<E> causeOf(Class<E> type, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Whether another connection holds the lock that was asked for. */
    static boolean isBusy(Throwable failure) {
        return sqliteCause(failure)
                .map(cause -> primary(cause.getResultCode()))
                .filter(code -> code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED)
                .isPresent();
    }

    /** Whether what was read is damaged, or is no database. */
    static boolean isDamage(Throwable failure) {
        return sqliteCause(failure)
                .map(cause -> primary(cause.getResultCode()))
                .filter(code -> code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB)
                .isPresent();
    }

    /** Whether only the statement was refused, so that the transaction around it is as it was before. */
    static boolean leavesTransactionWhole(Throwable failure) {
        return sqliteCause(failure)
                .map(cause -> primary(cause.getResultCode()) == SQLiteErrorCode.SQLITE_CONSTRAINT)
                .orElse(true);
    }

    private static RuntimeException translate(SQLiteException cause, StoreFile file) {
        SQLiteErrorCode code = cause.getResultCode();
        // What readers and writers share lies beside the file: that there is no room for it is all that can happen to
        // it.
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return full(cause, file);
        }
        return switch (primary(code)) {
            case SQLITE_CONSTRAINT -> constraint(cause, file);
            case SQLITE_FULL -> full(cause, file);
            case SQLITE_CORRUPT ->
                new StoreCorrupt(
                        file + " is damaged and was left as it is: stop the panel and restore it from a backup", cause);
            case SQLITE_NOTADB ->
                new StoreCorrupt(
                        file + " is not an SQLite database and was left as it is:"
                                + " move it away or choose another directory",
                        cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new StoreUnavailable(
                        Reason.TIMED_OUT, file + " was in use by another process all the time: try again", cause);
            case SQLITE_INTERRUPT ->
                new StoreUnavailable(
                        Reason.TIMED_OUT, "reading " + file + " took longer than a call may: ask for less", cause);
            case SQLITE_READONLY, SQLITE_PERM ->
                new StoreUnavailable(
                        Reason.READ_ONLY,
                        file + " can be read but not written: check its rights and how its file system is mounted",
                        cause);
            case SQLITE_CANTOPEN ->
                new StoreUnavailable(
                        Reason.UNREACHABLE,
                        file + " cannot be opened: check that it exists and who may read and write it",
                        cause);
            case SQLITE_IOERR ->
                new StoreUnavailable(
                        Reason.UNREACHABLE,
                        file + " cannot be read or written (" + code.name() + "): check the disk and the system's log",
                        cause);
            default -> new StoreUnavailable(Reason.UNREACHABLE, file + " cannot be used: " + cause.getMessage(), cause);
        };
    }

    private static StoreFull full(SQLiteException cause, StoreFile file) {
        return new StoreFull("no room left for " + file + ": free space on its file system, then try again", cause);
    }

    private static RuntimeException constraint(SQLiteException cause, StoreFile file) {
        return switch (cause.getResultCode()) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID -> taken(cause, file);
            // A reference with ON DELETE RESTRICT is kept by a trigger of SQLite's own.
            case SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_TRIGGER ->
                new BrokenReference(
                        "something refers to what would be gone, or this refers to what does not exist:"
                                + " change that first",
                        cause);
            // The domain has checked every value: only a bug comes this far.
            default -> new IllegalStateException(file + " refuses a row that breaks its rules", cause);
        };
    }

    private static StoreException taken(SQLiteException cause, StoreFile file) {
        Matcher matcher = UNIQUE_COLUMNS.matcher(String.valueOf(cause.getMessage()));
        String columns = matcher.find() ? matcher.group(1).strip() : "";
        if (columns.equals("events.index")) {
            // Nobody chooses an event's index: it is the number of events.
            return new StoreCorrupt(
                    file + " has an event that was never appended to the audit log, where the next one belongs:"
                            + " panel audit verify says which",
                    cause);
        }
        Taken taken = TAKEN.getOrDefault(columns, new Taken("id", "there is one with this id already"));
        return new AlreadyExists(taken.field(), taken.message(), cause);
    }

    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE);
    }
}
