package io.aipanel.app;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL below {@code target}, one for all tests of a JVM, stopped when the JVM ends. */
public final class TestServer {

    private static final String ROLE = "panel";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestServer() {}

    /** The storage URL of a new, empty database. */
    public static String newDatabase() {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " OWNER " + ROLE);
        return "postgresql://" + ROLE + "@127.0.0.1:" + Shared.SERVER.getPort() + "/" + name;
    }

    private static void execute(String sql) {
        try (Connection connection = Shared.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Started when first asked for. */
    private static final class Shared {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                Path directory = Files.createDirectories(Path.of("target", "postgres"));
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(directory.toFile())
                        .setServerConfig("max_connections", "200")
                        .start();
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE ROLE " + ROLE + " LOGIN");
                }
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
