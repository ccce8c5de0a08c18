package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StorageOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL below {@code target}, one for all tests of a JVM, stopped when the JVM ends. Every test gets a
 * database of its own: a copy of one that was migrated once.
 */
public final class TestServer {

    /** The role that owns the databases: no superuser. */
    static final String ROLE = "panel";

    private static final String TEMPLATE = "panel_template";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedPostgres server;

    private TestServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The server that tests share; started by the first one that asks. */
    public static TestServer shared() {
        return Shared.SERVER;
    }

    int port() {
        return server.getPort();
    }

    /** The URL of a database for the role that owns it. */
    String url(String database) {
        return "postgresql://" + ROLE + "@127.0.0.1:" + port() + "/" + database;
    }

    /** Makes a database with a current schema and answers its name. */
    String migratedDatabase() {
        return database("TEMPLATE " + TEMPLATE);
    }

    /** Makes a database without any schema and answers its name. */
    String emptyDatabase() {
        return database("TEMPLATE template0");
    }

    void drop(String database) {
        execute("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    /** Runs a statement as superuser. */
    void execute(String database, String sql) {
        try (Connection connection = superuser(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A connection as superuser; the caller closes it. */
    Connection superuser(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    private String database(String from) {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " OWNER " + ROLE + " " + from);
        return name;
    }

    private static TestServer start() {
        try {
            Path directory = Files.createDirectories(Path.of("target", "postgres"));
            TestServer started = new TestServer(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("TimeZone", "Asia/Kolkata")
                    .start());
            started.execute("postgres", "CREATE ROLE " + ROLE + " LOGIN");
            started.execute("postgres", "CREATE DATABASE " + TEMPLATE + " OWNER " + ROLE);
            new PostgresStorageProvider()
                    .open(StorageOptions.of(started.url(TEMPLATE)))
                    .close();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started when first asked for. */
    private static final class Shared {
        private static final TestServer SERVER = start();
    }
}
