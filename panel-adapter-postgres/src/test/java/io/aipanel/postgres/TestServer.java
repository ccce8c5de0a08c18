package io.aipanel.postgres;

import io.aipanel.ports.storage.StorageOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL below {@code target}, one for all tests of a JVM, stopped when the JVM ends. Every test has a
 * database to itself: a copy of one that was migrated once, or one that an earlier test has used and that was emptied
 * since, which takes a tenth of the time.
 */
public final class TestServer {

    /** The role that owns the databases: no superuser. */
    static final String ROLE = "panel";

    /** A role that needs a password. */
    static final String CAREFUL_ROLE = "careful";

    /** The password of {@link #CAREFUL_ROLE}. */
    static final String PASSWORD = "correct-horse";

    private static final String TEMPLATE = "panel_template";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Makes a used database what it was when it was new. */
    private static final String EMPTY = """
            DO $$
            DECLARE
                name text;
            BEGIN
                SET LOCAL session_replication_role = replica;
                FOR name IN
                    SELECT oid::regclass FROM pg_class
                    WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('panel', 'audit', 'queue')
                      AND relname NOT LIKE 'databasechangelog%' AND relname NOT IN ('roles', 'tree')
                LOOP
                    EXECUTE 'DELETE FROM ' || name;
                END LOOP;
                DELETE FROM panel.roles WHERE NOT built_in;
                UPDATE audit.tree SET size = 0, peaks = '', cut = 0, cut_peaks = '', adopt_until = 0;
                PERFORM setval(oid::regclass, 1, false) FROM pg_class
                WHERE relkind = 'S' AND relnamespace::regnamespace::text IN ('panel', 'audit', 'queue');
            END
            $$
            """;

    private final EmbeddedPostgres server;
    private final Deque<String> empty = new ConcurrentLinkedDeque<>();

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

    /** An empty database with a current schema, for a test that changes rows only; {@link #giveBack} it. */
    String borrow() {
        String used = empty.poll();
        return used != null ? used : migratedDatabase();
    }

    void giveBack(String database) {
        execute(database, EMPTY);
        // What many deleted rows leave in the indexes would change how the next test's claims go about it.
        execute(database, "VACUUM queue.jobs");
        empty.add(database);
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
            TestServer started = new TestServer(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory().toFile())
                    .setServerConfig("max_connections", "300")
                    .setDataDirectoryCustomizer(TestServer::askForPassword)
                    .start());
            started.execute("postgres", "CREATE ROLE " + ROLE + " LOGIN");
            started.execute("postgres", "CREATE ROLE " + CAREFUL_ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
            started.execute("postgres", "GRANT " + ROLE + " TO " + CAREFUL_ROLE);
            started.execute("postgres", "CREATE DATABASE " + TEMPLATE + " OWNER " + ROLE);
            new PostgresStorageProvider()
                    .open(StorageOptions.of(started.url(TEMPLATE)))
                    .close();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where servers are unpacked. */
    static Path directory() {
        try {
            return Files.createDirectories(Path.of("target", "postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every other role may log in without a password. */
    private static void askForPassword(File data) {
        try {
            Path rules = data.toPath().resolve("pg_hba.conf");
            Files.writeString(rules, "host all " + CAREFUL_ROLE + " all scram-sha-256\n" + Files.readString(rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started when first asked for. */
    private static final class Shared {
        private static final TestServer SERVER = start();
    }
}
