package io.aipanel.bench.audit;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.sqlite.audit.Entries;
import io.aipanel.sqlite.storage.News;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same table without the tree, for many callers. On SQLite behind the panel's own group commit; on PostgreSQL each caller
 * commits on a connection of its own, and the server syncs for several at once: without a tree there is no reason to wait for
 * each other.
 */
final class NoTree {

    private NoTree() {}

    static Appender on(EngineName engine, Database database, Database table) throws SQLException {
        EventTable events = new EventTable(engine);
        return switch (engine) {
            case SQLITE -> behindGroupCommit(events, database);
            case POSTGRES -> {
                events.create(database, table);
                yield onConnections(events, table);
            }
        };
    }

    private static Appender behindGroupCommit(EventTable events, Database database) throws SQLException {
        PanelAppender.on(database).close();
        Path directory = Path.of(database.panelUrl().substring("sqlite:".length()));
        Store store = Store.open(
                StoreFile.in(directory, StoreName.AUDIT), Duration.ofSeconds(30), News.NONE, WriteObserver.NONE);
        store.write(connection -> connection.change("DROP TRIGGER events_are_only_appended", statement -> {}));
        AtomicLong next = new AtomicLong();
        return new Appender() {
            @Override
            public void append(List<NewAuditEvent> wanted) {
                store.write(connection -> connection.prepared(events.insert(), statement -> {
                    long before = next.get();
                    for (NewAuditEvent event : wanted) {
                        events.bind(statement, next.getAndIncrement(), event);
                        statement.executeUpdate();
                    }
                    Entries.keepUp(connection, before, next.get());
                    return wanted;
                }));
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    private static Appender onConnections(EventTable events, Database table) {
        AtomicLong next = new AtomicLong();
        ThreadLocal<Connection> mine = new ThreadLocal<>();
        List<Connection> all = new CopyOnWriteArrayList<>();
        return new Appender() {
            @Override
            public void append(List<NewAuditEvent> wanted) throws SQLException {
                Connection connection = mine.get();
                if (connection == null) {
                    connection = table.connect();
                    connection.setAutoCommit(false);
                    mine.set(connection);
                    all.add(connection);
                }
                try (PreparedStatement statement = connection.prepareStatement(events.insert())) {
                    for (NewAuditEvent event : wanted) {
                        events.bind(statement, next.getAndIncrement(), event);
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                for (Connection connection : all) {
                    connection.close();
                }
            }
        };
    }
}
