package io.aipanel.bench.engine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A PostgreSQL server of our own on the loopback interface, configured as it comes but for durability: the library that
 * starts it is made for tests and turns that off.
 */
final class PostgresEngine implements Engine {

    private static final String SUPERUSER = "postgres";

    /** What has to be on for an acknowledged commit to be on the disk. */
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final AtomicInteger number = new AtomicInteger();
    private final Workspace workspace;
    private final EmbeddedPostgres server;
    private final Cleanup cleanup;
    private final String version;
    private final String durability;

    private PostgresEngine(
            Workspace workspace, EmbeddedPostgres server, Cleanup cleanup, String version, String durability) {
        this.workspace = workspace;
        this.server = server;
        this.cleanup = cleanup;
        this.version = version;
        this.durability = durability;
    }

    static PostgresEngine start() throws IOException, SQLException {
        Workspace workspace = Workspace.create();
        Cleanup cleanup = Cleanup.atExit();
        cleanup.add(workspace::remove);
        try {
            EmbeddedPostgres server = startServer(workspace);
            cleanup.add(server::close);
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                String version = "PostgreSQL " + answer(statement, "SHOW server_version");
                return new PostgresEngine(workspace, server, cleanup, version, checkedDurability(statement));
            }
        } catch (IOException | SQLException | RuntimeException e) {
            cleanup.run();
            throw e;
        }
    }

    private static EmbeddedPostgres startServer(Workspace workspace) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        workspace.directory().resolve("binaries").toFile())
                .setDataDirectory(workspace.directory().resolve("data"))
                .setRegisterShutdownHook(false)
                .setServerConfig("listen_addresses", "127.0.0.1");
        DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
        return builder.start();
    }

    private static String checkedDurability(Statement statement) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String setting : DURABLE) {
            String value = answer(statement, "SHOW " + setting);
            if (!value.equals("on")) {
                throw new SQLException("PostgreSQL is not durable here: " + setting + " is " + value);
            }
            found.add(setting + " " + value);
        }
        return String.join(", ", found);
    }

    @Override
    public EngineName name() {
        return EngineName.POSTGRES;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String durability() {
        return durability;
    }

    @Override
    public Database newDatabase() throws IOException, SQLException {
        String name = "bench_" + number.incrementAndGet();
        execute("CREATE DATABASE " + name);
        Files.createDirectory(workspace.directory().resolve(name));
        return new Named(this, name);
    }

    @Override
    public void close() throws IOException {
        cleanup.run();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String answer(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** One database of the server. */
    private record Named(PostgresEngine engine, String name) implements Database {

        @Override
        public String panelUrl() {
            return "postgresql://" + SUPERUSER + "@127.0.0.1:" + engine.server.getPort() + "/" + name;
        }

        @Override
        public Path files() {
            return engine.workspace.directory().resolve(name);
        }

        /** Nothing: durability is the server's, and was checked. */
        @Override
        public Map<String, String> durableStore() {
            return Map.of();
        }

        /** Removes dead rows, counts live ones, writes everything back. */
        @Override
        public void settle() throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM (ANALYZE)");
                statement.execute("CHECKPOINT");
            }
        }

        @Override
        public DataSource dataSource() {
            return engine.server.getDatabase(SUPERUSER, name);
        }

        @Override
        public void close() throws IOException, SQLException {
            engine.execute("DROP DATABASE " + name + " WITH (FORCE)");
            Workspace.remove(files());
        }
    }
}
