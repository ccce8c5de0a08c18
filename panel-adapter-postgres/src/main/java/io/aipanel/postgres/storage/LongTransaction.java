package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One transaction on a connection of its own that may take as long as it likes; only for locks it waits no longer than a call
 * may take. What is not committed is taken back when it is closed, or by the server when the connection or this process
 * ends. For one thread.
 */
public final class LongTransaction implements AutoCloseable {

    /** What the server or the role allows others does not matter here, and what is committed is durable. */
    private static final String BEGIN = """
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL lock_timeout = %d;
            SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
            SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout';
            """;

    private final Failures failures;
    private final Connection connection;
    private final Handle handle;

    private LongTransaction(Failures failures, Connection connection) {
        this.failures = failures;
        this.connection = connection;
        this.handle = PostgresJdbi.on(connection);
    }

    /**
     * Begins, after a look at whether the server can be used and written to.
     *
     * @param patience how long to wait for each lock
     * @throws io.aipanel.ports.storage.StoreException as opening the storage does
     */
    public static LongTransaction begin(Connections target, Failures failures, Duration patience) {
        try {
            Connection connection = target.openPatient();
            boolean begun = false;
            try {
                SchemaUpdate look = new SchemaUpdate(target, failures, patience);
                look.refuseUnsuitable(connection);
                look.refuseReadOnly(connection);
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(BEGIN.formatted(patience.toMillis()));
                }
                begun = true;
                return new LongTransaction(failures, connection);
            } finally {
                if (!begun) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw failures.ofOpening(e);
        }
    }

    /**
     * Runs statements.
     *
     * @throws io.aipanel.ports.storage.StoreException if one fails; the transaction has failed then
     */
    public <T> T run(Statements<? extends T> statements) {
        try {
            return statements.on(connection);
        } catch (SQLException e) {
            throw failures.ofReplacing(e);
        }
    }

    /** Runs statements that have no answer, in the given order. */
    public void execute(List<String> statements) {
        run(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return null;
        });
    }

    /**
     * Asks for one column of text.
     *
     * @param parameters texts for the question marks
     */
    public List<String> texts(String sql, String... parameters) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                List<String> texts = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                }
                return texts;
            }
        });
    }

    /** Runs statements as {@link Database#change} does, in this transaction. */
    public <T> T change(Function<? super Handle, ? extends T> statements) {
        try {
            return statements.apply(handle);
        } catch (JdbiException e) {
            throw failures.ofReplacing(SqlStates.find(e).orElseThrow(() -> e));
        } catch (Repeat e) {
            throw failures.timedOut(e.reason(), e);
        }
    }

    /** Runs work of a caller, whose failure is the transaction's. */
    public void work(Consumer<? super OpenTransaction> work) {
        change(same -> {
            OpenTransaction transaction = new OpenTransaction(same, failures);
            try {
                work.accept(transaction);
                transaction.throwIfFailed();
                return transaction;
            } catch (RuntimeException e) {
                throw transaction.inPlaceOf(e);
            } finally {
                transaction.end();
            }
        });
    }

    /**
     * Runs statements that wait for locks, and gives back those that it has got so far while it cannot get another one.
     *
     * @param each how long to wait for each lock before giving back
     * @param all how long to try
     * @throws io.aipanel.ports.storage.StoreUnavailable if it did not succeed in that time
     */
    public void retry(Duration each, Duration all, Runnable statements) {
        long end = System.nanoTime() + all.toNanos();
        while (true) {
            Savepoint before = run(Connection::setSavepoint);
            try {
                execute(List.of("SET LOCAL lock_timeout = " + Math.min(each.toMillis(), all.toMillis())));
                statements.run();
                return;
            } catch (StoreUnavailable e) {
                if (e.reason() != StoreUnavailable.Reason.TIMED_OUT || System.nanoTime() > end) {
                    throw e;
                }
            }
            // Long enough for those who have waited behind this.
            run(connection -> {
                connection.rollback(before);
                return null;
            });
            execute(List.of("SELECT pg_sleep(0.02)"));
        }
    }

    /** Takes a lock, which is held until the end. */
    public void acquire(AdvisoryLock lock) {
        change(same -> {
            lock.acquire(same, "");
            return lock;
        });
    }

    /** Takes a lock if nobody has it; it is held until the end. */
    public boolean tryAcquire(AdvisoryLock lock) {
        return change(same -> lock.tryAcquire(same, ""));
    }

    /**
     * Makes everything durable and visible, and ends the transaction.
     *
     * @throws io.aipanel.ports.storage.StoreUnavailable with the reason {@code OUTCOME_UNKNOWN} if the connection was lost
     *     meanwhile
     */
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failures.ofCommit(e);
        }
    }

    /** Takes back what was not committed. Does nothing the second time. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it.
        }
    }

    /** Statements of a transaction. */
    @FunctionalInterface
    public interface Statements<T> {

        /** @param connection where to run them; the transaction is not to be ended */
        T on(Connection connection) throws SQLException;
    }
}
