package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * A store for tests that look at how SQLite goes about what it is asked: it remembers every statement. Each commits by itself:
 * only the plans matter.
 */
final class RecordedStore implements StoreAccess, AutoCloseable {

    private final Connection connection;
    private final StoreConnection recorded;
    private final Set<String> statements = new LinkedHashSet<>();

    private RecordedStore(Connection connection) {
        this.connection = connection;
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
        Handle handle =
                Jdbi.create(connection).installPlugin(new SqlObjectPlugin()).open();
        handle.setStatementBuilder(cache);
        this.recorded = new StoreConnection(handle, cache);
    }

    /** A new one, whose schema is current. */
    static RecordedStore of(Path directory, StoreName name) throws SQLException {
        StoreFile file = new StorageDirectory(directory).prepare().get(name.ordinal());
        Store.open(file, Duration.ofSeconds(30), News.NONE, WriteObserver.NONE).close();
        return new RecordedStore(new Connections(file).writer());
    }

    /** What was asked so far; may be cleared. */
    Set<String> statements() {
        return statements;
    }

    /** Forgets what was asked so far, and that it was compiled before: what is asked again is remembered again. */
    void forget() {
        recorded.forgetStatements();
        statements.clear();
    }

    /** The steps of SQLite's plan for a statement. */
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

    @Override
    public <T> T read(Function<? super StoreConnection, ? extends T> work) {
        return work.apply(recorded);
    }

    @Override
    public <T> T write(Function<? super StoreConnection, ? extends T> work) {
        return work.apply(recorded);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
