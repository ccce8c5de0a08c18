package io.aipanel.postgres.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A call on the storage that is under way: how much time it has left, and how to end it. The server ends a statement
 * that takes too long; before each further statement of a transaction the call tells the server how little time is
 * left.
 */
final class Call implements SqlLogger, AutoCloseable {

    private final Failures failures;
    private final long timeoutNanos;
    private final long startNanos = System.nanoTime();
    private final Consumer<Call> atEnd;
    private @Nullable Connection connection;
    private boolean cancelled;
    private boolean committing;
    private boolean inTransaction;

    /** How much time the server believes the current transaction has, in nanoseconds. */
    private long toldNanos;

    Call(Failures failures, Duration timeout, Consumer<Call> atEnd) {
        this.failures = failures;
        this.timeoutNanos = timeout.toNanos();
        this.atEnd = atEnd;
    }

    long remainingNanos() {
        return timeoutNanos - (System.nanoTime() - startNanos);
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    /** A connection is there; the server believes that each statement on it may take the whole time of a call. */
    synchronized void connected(Connection opened) {
        connection = opened;
        inTransaction = false;
        committing = false;
        toldNanos = timeoutNanos;
        refuseIfOver();
    }

    /** From here on the server can be told how much time is left. */
    void begun() {
        inTransaction = true;
    }

    /**
     * Whether the server's idea of how much time is left is too wrong to be left at it. An eighth of the whole is close
     * enough, and spares most transactions a round trip a statement.
     */
    boolean isLate() {
        return toldNanos - remainingNanos() > timeoutNanos / 8;
    }

    /** What tells the server how much time is left for each statement of a transaction. */
    String timeSetting() {
        toldNanos = Math.max(1_000_000, remainingNanos());
        return "SET LOCAL statement_timeout = " + toldNanos / 1_000_000;
    }

    /** From here on {@link #cancel()} leaves the call alone. */
    synchronized void committing() {
        refuseIfOver();
        committing = true;
    }

    /** The connection goes back. */
    synchronized void disconnected() {
        connection = null;
    }

    /** Ends the call unless it is being committed, because the storage is being closed. */
    synchronized void cancel() {
        cancelled = true;
        if (connection != null && !committing) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                // The server is gone or the statement is over: either way the call ends.
            }
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        synchronized (this) {
            refuseIfOver();
        }
        if (inTransaction && isLate()) {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute(timeSetting());
            } catch (SQLException e) {
                throw failures.ofStatement(e);
            }
        }
    }

    @Override
    public void close() {
        atEnd.accept(this);
    }

    private void refuseIfOver() {
        if (cancelled) {
            throw Failures.closed();
        }
        if (isOver()) {
            throw failures.timedOut("the call took longer than the time-out", null);
        }
    }
}
