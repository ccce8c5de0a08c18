package io.aipanel.sqlite.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * A store that remembers which statements it was asked to run, and tells how SQLite goes about them. Each commits by
 * itself: only the plans matter here.
 */
final class RecordedStore implements StoreAccess, AutoCloseable {

    private final Connection connection;
    private final StoreConnection store;
    private final Set<String> statements = new LinkedHashSet<>();

    RecordedStore(StoreFile file) throws SQLException {
        connection = new Connections(file).writer();
        Connection recording = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        StatementCache cache = new StatementCache(recording);
        store = new StoreConnection(
                Jdbi.create(connection)
                        .installPlugin(new SqlObjectPlugin())
                        .open()
                        .setStatementBuilder(cache),
                cache);
    }

    /** What it was asked to run since this was last forgotten, in the order of the first time. */
    Set<String> statements() {
        return statements;
    }

    /** How SQLite goes about a statement. */
    List<String> plan(String sql) {
        List<String> plan = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.add(rows.getString("detail"));
            }
        } catch (SQLException e) {
            throw new AssertionError("SQLite has a plan for " + sql, e);
        }
        return plan;
    }

    /** Forgets the statements, and that they were compiled before. */
    void forgetStatements() {
        store.forgetStatements();
        statements.clear();
    }

    @Override
    public <T> T read(Function<? super StoreConnection, ? extends T> work) {
        return work.apply(store);
    }

    @Override
    public <T> T write(Function<? super StoreConnection, ? extends T> work) {
        return work.apply(store);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
