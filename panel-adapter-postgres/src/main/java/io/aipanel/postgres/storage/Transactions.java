package io.aipanel.postgres.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.aipanel.ports.storage.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * Runs every call on the database: borrows a connection, begins and ends the transaction, runs it again where others
 * were in the way, and says what a failure means. Safe for use by many threads.
 */
public final class Transactions implements Database, AutoCloseable {

    /** How often work is run before conflicts with others become the caller's problem. */
    private static final int TRIES = 10;

    /** A pool may hold several connections to a server that has been restarted; after so many the caller is told. */
    private static final int TRIES_AFTER_DISCONNECT = 3;

    private static final String MAKE_COMMITS_DURABLE =
            "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    /**
     * Comes before everything else in a transaction. A partition that is dropped is gone for those, too, who look at an earlier
     * moment: the lock keeps all of them, and it comes first because the moment is that of the first query. Appends go on.
     */
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            + "LOCK TABLE ONLY audit.events IN ACCESS SHARE MODE;";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Calls calls;
    private final Failures failures;
    private final boolean sharedSessions;
    private final int poolSize;

    /** The pool's own waiting has a floor of a quarter of a second; time-outs may be shorter. */
    private final Semaphore connections;

    /** Opens the pool; the first connection is made when it is asked for, or soon after. */
    public Transactions(Connections target, Failures failures, PoolOptions options, Duration timeout)
            throws SQLException {
        this.pool = Pool.open(target, options, timeout);
        this.jdbi = PostgresJdbi.over(pool);
        this.calls = new Calls(failures, timeout);
        this.failures = failures;
        this.sharedSessions = options.pgbouncer();
        this.poolSize = options.poolSize();
        this.connections = new Semaphore(poolSize, true);
    }

    @Override
    public <T> T read(Function<? super Handle, ? extends T> statement) {
        return run(call -> onConnection(
                call,
                // One statement needs no transaction, unless the server must be told how long it may take.
                handle -> sharedSessions || call.isLate()
                        ? transaction(call, handle, statement)
                        : statement.apply(handle)));
    }

    @Override
    public <T> T change(Function<? super Handle, ? extends T> statements) {
        return run(call -> onConnection(call, handle -> transaction(call, handle, statements)));
    }

    /** Runs statements that change nothing and all see the same moment, and in it all of the audit log. */
    public <T> T snapshot(Function<? super Handle, ? extends T> statements) {
        return run(call -> onConnection(call, handle -> transaction(call, handle, ONE_MOMENT, statements)));
    }

    /** Runs work of a caller as one transaction; the work must not come back to the storage. */
    public <T> T work(Function<? super OpenTransaction, ? extends T> work) {
        return change(handle -> {
            OpenTransaction transaction = new OpenTransaction(handle, failures);
            calls.enterWork();
            try {
                T result = work.apply(transaction);
                transaction.throwIfFailed();
                return result;
            } catch (RuntimeException e) {
                throw transaction.inPlaceOf(e);
            } finally {
                calls.leaveWork();
                transaction.end();
            }
        });
    }

    /**
     * Runs statements within a transaction of the caller's own connection, which stays as it is: neither committed nor
     * closed, with its own settings. If they fail, the caller's transaction has failed, too.
     *
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     */
    public <T> T within(Connection connection, Function<? super Handle, ? extends T> statements) {
        try (Call call = calls.begin()) {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException(
                        "the connection is in auto-commit mode: call setAutoCommit(false), so that"
                                + " the jobs are added with the rest of the transaction");
            }
            call.connected(connection);
            try {
                Handle handle = PostgresJdbi.on(connection);
                handle.getConfig(SqlStatements.class).setSqlLogger(call);
                return within(call, connection, handle, statements);
            } finally {
                call.disconnected();
            }
        } catch (SQLException e) {
            throw failures.ofStatement(e);
        } catch (JdbiException e) {
            throw failures.ofStatement(SqlStates.find(e).orElseThrow(() -> e));
        }
    }

    private <T> T within(
            Call call, Connection connection, Handle handle, Function<? super Handle, ? extends T> statements)
            throws SQLException {
        for (int tries = 1; ; tries++) {
            Savepoint before = connection.setSavepoint();
            try {
                T result = statements.apply(handle);
                connection.releaseSavepoint(before);
                return result;
            } catch (Repeat e) {
                connection.rollback(before);
                if (tries == TRIES || call.isOver()) {
                    throw failures.timedOut(e.reason(), e);
                }
            }
        }
    }

    /** Begins a call for which statements may run, be it on its own or with those of others; closing it ends it. */
    Call begin() {
        return calls.begin();
    }

    /** Does what {@link #change(Function)} does, in the time that a call has left. */
    <T> T change(Call call, Function<? super Handle, ? extends T> statements) {
        return run(call, () -> onConnection(call, handle -> transaction(call, handle, statements)));
    }

    /** Runs statements, which may take so long, and takes them back. */
    void probe(Duration within, Consumer<Handle> statements) {
        try (Call call = calls.begin(within)) {
            run(
                    call,
                    () -> onConnection(call, handle -> {
                        // Connections are told how long a call may take: this one is shorter.
                        begin(call, handle, call.timeSetting() + ";");
                        try {
                            statements.accept(handle);
                            handle.rollback();
                            return call;
                        } catch (RuntimeException e) {
                            rollback(handle, e);
                            throw e;
                        }
                    }));
        }
    }

    /** What somebody is told who has waited too long for others of this process. */
    StoreUnavailable timedOut(String what, @Nullable Throwable cause) {
        return failures.timedOut(what, cause);
    }

    boolean isClosed() {
        return calls.isClosed();
    }

    /** Begins a call on a connection of its own that may take as long as it likes, but ends with the storage. */
    Call beginUntimed() {
        return calls.beginUntimed();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    /** Ends calls that wait, finishes those that are being committed, and lets go of every connection. */
    @Override
    public void close() {
        calls.close();
        pool.close();
    }

    private <T> T run(Function<Call, ? extends T> attempt) {
        try (Call call = calls.begin()) {
            return run(call, () -> attempt.apply(call));
        }
    }

    private <T> T run(Call call, Supplier<? extends T> attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.get();
            } catch (JdbiException e) {
                SQLException failure = SqlStates.find(e).orElseThrow(() -> e);
                if (call.isCancelled()) {
                    throw Failures.closed();
                }
                if (tries >= allowedTries(failure) || call.isOver() || e instanceof ConnectionException) {
                    throw failures.ofStatement(failure);
                }
            } catch (Repeat e) {
                if (tries == TRIES || call.isOver()) {
                    throw failures.timedOut(e.reason(), e);
                }
            }
        }
    }

    private static int allowedTries(SQLException failure) {
        if (SqlStates.isConflict(failure)) {
            return TRIES;
        }
        // What is read-only may be the standby that was the primary when the connection was made; the pool has put it
        // away and finds the new one.
        return SqlStates.isDisconnect(failure) || SqlStates.isReadOnly(failure) ? TRIES_AFTER_DISCONNECT : 1;
    }

    private <T> T onConnection(Call call, Function<? super Handle, ? extends T> use) {
        Handle handle = connect(call);
        try {
            return use.apply(handle);
        } finally {
            disconnect(call, handle);
        }
    }

    private <T> T transaction(Call call, Handle handle, Function<? super Handle, ? extends T> statements) {
        return transaction(call, handle, "", statements);
    }

    private <T> T transaction(
            Call call, Handle handle, String first, Function<? super Handle, ? extends T> statements) {
        begin(call, handle, first);
        T result;
        try {
            result = statements.apply(handle);
            call.committing();
        } catch (RuntimeException | Error e) {
            rollback(handle, e);
            throw e;
        }
        commit(handle);
        return result;
    }

    private void begin(Call call, Handle handle, String first) {
        handle.begin();
        call.begun();
        String settings = first + (sharedSessions ? call.timeSetting() + ";" + MAKE_COMMITS_DURABLE : "");
        if (!settings.isEmpty()) {
            try {
                handle.execute(settings);
            } catch (RuntimeException e) {
                rollback(handle, e);
                throw e;
            }
        }
    }

    private void commit(Handle handle) {
        try {
            handle.commit();
        } catch (JdbiException e) {
            SQLException failure = SqlStates.find(e).orElseThrow(() -> e);
            if (SqlStates.isConflict(failure)) {
                throw e;
            }
            throw failures.ofCommit(failure);
        }
    }

    private static void rollback(Handle handle, Throwable reason) {
        try {
            handle.rollback();
        } catch (JdbiException e) {
            // The connection is gone, and the transaction with it.
            reason.addSuppressed(e);
        }
    }

    private Handle connect(Call call) {
        try {
            if (!connections.tryAcquire(Math.max(0, call.remainingNanos()), TimeUnit.NANOSECONDS)) {
                throw failures.timedOut(
                        "all " + poolSize + " connections are in use; raise storage.pool-size or try again", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.timedOut("the thread was interrupted while it waited for a connection", e);
        }
        Handle handle;
        try {
            handle = borrow(call);
        } catch (RuntimeException | Error e) {
            connections.release();
            throw e;
        }
        try {
            handle.getConfig(SqlStatements.class).setSqlLogger(call);
            call.connected(handle.getConnection());
            return handle;
        } catch (RuntimeException | Error e) {
            disconnect(call, handle);
            throw e;
        }
    }

    /** The pool gives up early where the server refuses connections; where it is only slow, it is asked again. */
    private Handle borrow(Call call) {
        while (true) {
            try {
                return jdbi.open();
            } catch (ConnectionException e) {
                boolean onlySlow = e.getCause() instanceof SQLTransientConnectionException slow
                        && slow.getCause() == null
                        && slow.getNextException() == null;
                if (call.isCancelled()) {
                    throw Failures.closed();
                }
                if (!onlySlow) {
                    throw e;
                }
                if (call.isOver()) {
                    throw failures.timedOut("no connection could be made", e.getCause());
                }
            }
        }
    }

    private void disconnect(Call call, Handle handle) {
        call.disconnected();
        try {
            handle.close();
        } catch (JdbiException e) {
            // The pool throws broken connections away; what was committed is committed.
        } finally {
            connections.release();
        }
    }
}
