package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction of somebody else in the same database that goes on seeing what was there when it began: until it is closed,
 * PostgreSQL cannot clear away what died since.
 */
final class LongTransaction implements AutoCloseable {

    private final Connection connection;

    private LongTransaction(Connection connection) {
        this.connection = connection;
    }

    static LongTransaction begin(Database database) throws SQLException {
        Connection connection = database.connect();
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            LongTransaction transaction = new LongTransaction(connection);
            transaction.requireOpen();
            return transaction;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Fails unless it still holds its view. The first call takes it. */
    void requireOpen() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet holds = statement.executeQuery(
                        "SELECT backend_xmin IS NOT NULL FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
            if (!holds.next() || !holds.getBoolean(1)) {
                throw new SQLException("the long transaction holds nothing back");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
