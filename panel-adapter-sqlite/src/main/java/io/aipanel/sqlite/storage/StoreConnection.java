package io.aipanel.sqlite.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A connection to one store, in the hands of one piece of work. SQL objects are attached to it once; where Jdbi's own
 * cost per call would be felt, a prepared statement can be had directly.
 */
public final class StoreConnection {

    private final Handle handle;
    private final StatementCache statements;
    private final Map<Class<?>, Object> attached = new HashMap<>();
    private boolean announced;

    StoreConnection(Handle handle, StatementCache statements) {
        this.handle = handle;
        this.statements = statements;
    }

    /** Jdbi's view of the connection. */
    public Handle handle() {
        return handle;
    }

    /** The SQL object of a type, attached to this connection. */
    public <T> T attach(Class<T> type) {
        return type.cast(attached.computeIfAbsent(type, handle::attach));
    }

    /**
     * Runs one statement that was compiled before, if it ever ran on this connection.
     *
     * @param sql the statement
     * @param use binds, executes and reads
     */
    public <T> T prepared(String sql, Use<T> use) {
        try {
            return use(sql, use);
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /**
     * Tries a step of a transaction on its own: if it fails, the step is taken back and the rest of the transaction stays.
     *
     * @param step what to try
     * @return why the step was refused; empty if it was done
     * @throws RuntimeException if the failure is not the step's own, or has ended the transaction
     */
    public Optional<RuntimeException> attempt(Runnable step) {
        try {
            run("SAVEPOINT step");
            try {
                step.run();
            } catch (RuntimeException e) {
                if (!SqliteErrors.leavesTransactionWhole(e)) {
                    throw e;
                }
                run("ROLLBACK TO step");
                run("RELEASE step");
                return Optional.of(e);
            }
            run("RELEASE step");
            return Optional.empty();
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /** Has the listeners of this store told once the transaction is committed. */
    public void announce() {
        announced = true;
    }

    /** Whether anything was announced since this was last asked. */
    boolean takeAnnouncement() {
        boolean was = announced;
        announced = false;
        return was;
    }

    void run(String sql) throws SQLException {
        use(sql, PreparedStatement::execute);
    }

    long number(String sql) throws SQLException {
        return use(sql, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private <T> T use(String sql, Use<T> use) throws SQLException {
        PreparedStatement statement = statements.take(sql);
        try {
            return use.with(statement);
        } finally {
            statements.giveBack(sql, statement);
        }
    }

    void forgetStatements() {
        statements.clear();
    }

    /** Closes the connection itself: Jdbi would first try to end a transaction that it thinks is open. */
    void close() throws SQLException {
        statements.clear();
        handle.getConnection().close();
    }

    /** What is done with a prepared statement. */
    @FunctionalInterface
    public interface Use<T> {
        /**
         * @param statement ready to be bound; it is closed by nobody
         */
        T with(PreparedStatement statement) throws SQLException;
    }

    /** Carries the driver's exception out of a {@link Use}; {@link SqliteErrors} looks behind it. */
    private static final class StatementFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private StatementFailure(SQLException cause) {
            super(cause);
        }
    }
}
