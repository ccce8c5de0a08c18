package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.Storage.Topic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A connection to one store, in the hands of one piece of work. SQL objects are attached to it once; where Jdbi's own
 * cost per call would be felt, a prepared statement can be had directly.
 */
public final class StoreConnection {

    /** The driver keeps the room for the largest batch, and each later use of the statement pays for clearing it. */
    private static final int MAX_BATCH = 64;

    private final Handle handle;
    private final StatementCache statements;
    private final Map<Class<?>, Object> attached = new HashMap<>();
    private final Set<Topic> announced = EnumSet.noneOf(Topic.class);

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
     * Asks for rows, to be read one by one.
     *
     * @param sql the query
     * @param binding gives its parameters
     * @return to be closed before the work ends
     */
    public Rows rows(String sql, Binding binding) {
        try {
            PreparedStatement statement = statements.take(sql);
            try {
                binding.to(statement);
                return new Rows(statement.executeQuery(), () -> statements.giveBack(sql, statement));
            } catch (SQLException | RuntimeException e) {
                statements.giveBack(sql, statement);
                throw e;
            }
        } catch (SQLException e) {
            throw new StatementFailure(e);
        }
    }

    /**
     * Changes rows.
     *
     * @param sql the statement
     * @param binding gives its parameters
     * @return how many rows were changed
     */
    public int change(String sql, Binding binding) {
        return prepared(sql, statement -> {
            binding.to(statement);
            return statement.executeUpdate();
        });
    }

    /**
     * Runs one statement many times, once per element, which costs half of what single calls do.
     *
     * @param sql the statement
     * @param elements for what
     * @param binding gives the parameters for an element
     */
    public <E> void changeEach(String sql, Collection<? extends E> elements, BindingOf<E> binding) {
        if (elements.isEmpty()) {
            return;
        }
        prepared(sql, statement -> {
            int waiting = 0;
            for (E element : elements) {
                binding.to(statement, element);
                statement.addBatch();
                if (++waiting == MAX_BATCH) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            return statement.executeBatch();
        });
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

    /** Has the listeners of a topic told once the transaction is committed. */
    public void announce(Topic topic) {
        announced.add(topic);
    }

    /** What was announced since this was last asked. */
    Set<Topic> takeAnnouncements() {
        Set<Topic> taken = announced.isEmpty() ? Set.of() : EnumSet.copyOf(announced);
        announced.clear();
        return taken;
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

    /** Gives a statement its parameters. */
    @FunctionalInterface
    public interface Binding {
        /**
         * @param statement the statement, without parameters
         */
        void to(PreparedStatement statement) throws SQLException;
    }

    /** Gives a statement the parameters for one of many. */
    @FunctionalInterface
    public interface BindingOf<E> {
        /**
         * @param statement the statement, with the parameters of the element before
         * @param element for what
         */
        void to(PreparedStatement statement, E element) throws SQLException;
    }

    /** Carries the driver's exception out of a {@link Use}; {@link SqliteErrors} looks behind it. */
    static final class StatementFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StatementFailure(SQLException cause) {
            super(cause);
        }
    }
}
