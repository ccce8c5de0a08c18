package io.aipanel.sqlite.storage;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of the writing connection, so that each is compiled once. A statement is out of the cache
 * while it is in use: two uses of the same SQL at once get two statements. For one thread.
 */
final class StatementCache implements StatementBuilder {

    private final Connection connection;
    private final Map<String, PreparedStatement> resting = new HashMap<>();

    StatementCache(Connection connection) {
        this.connection = connection;
    }

    /** A statement for the caller alone, until {@link #giveBack}. */
    PreparedStatement take(String sql) throws SQLException {
        PreparedStatement kept = resting.remove(sql);
        return kept != null ? kept : connection.prepareStatement(sql);
    }

    /** Keeps a statement for its next use, without the values it was used with. */
    void giveBack(String sql, PreparedStatement statement) {
        try {
            statement.clearParameters();
            // Work that failed between two elements of a batch has left the first ones in it.
            statement.clearBatch();
        } catch (SQLException ended) {
            // The driver ends a statement that fails for good: it cannot be used again.
            return;
        }
        PreparedStatement other = resting.put(sql, statement);
        if (other != null) {
            closeQuietly(other);
        }
    }

    /** Forgets all statements, which is what an error that ends a transaction asks for. */
    void clear() {
        resting.values().forEach(StatementCache::closeQuietly);
        resting.clear();
    }

    @Override
    public Statement create(Connection owner, StatementContext context) throws SQLException {
        return owner.createStatement();
    }

    @Override
    public PreparedStatement create(Connection owner, String sql, StatementContext context) throws SQLException {
        return take(sql);
    }

    @Override
    public CallableStatement createCall(Connection owner, String sql, StatementContext context) throws SQLException {
        throw new SQLFeatureNotSupportedException("SQLite has no procedures");
    }

    @Override
    public void close(Connection owner, String sql, Statement statement) throws SQLException {
        if (statement instanceof PreparedStatement prepared) {
            giveBack(sql, prepared);
        } else {
            statement.close();
        }
    }

    @Override
    public void close(Connection owner) {
        clear();
    }

    static void closeQuietly(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException alreadyEnded) {
            // There is nothing left to close.
        }
    }
}
