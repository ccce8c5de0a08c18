package io.aipanel.app.crash;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that syncs, and that can be killed with all its processes and started again on the same data. */
final class KillableServer implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres server;

    private KillableServer(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    /** Starts a server with an empty database. */
    static KillableServer start(Path directory) throws IOException {
        Path data = directory.resolve("data");
        KillableServer started = new KillableServer(data, start(data, 0));
        try (Connection connection = started.server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE panel LOGIN");
            statement.execute("CREATE DATABASE panel OWNER panel");
        } catch (SQLException e) {
            started.close();
            throw new IllegalStateException(e);
        }
        return started;
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Files.createDirectories(Path.of("target", "postgres")).toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // The builder turns it off; what comes later wins.
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    /** The storage URL of the database. */
    String url() {
        return "postgresql://panel@127.0.0.1:" + server.getPort() + "/panel";
    }

    /** Kills every process of the server at once, as a power cut would, and starts it again. */
    void killAndRestart() {
        try {
            long postmaster = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            ProcessHandle parent = ProcessHandle.of(postmaster).orElseThrow();
            List<ProcessHandle> processes = new ArrayList<>(List.of(parent));
            processes.addAll(parent.descendants().toList());
            processes.forEach(ProcessHandle::destroyForcibly);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
            int port = server.getPort();
            letGo();
            server = start(data, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives up the lock on the directory. That there is no server left to stop is no error here. */
    private void letGo() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(EmbeddedPostgres.class);
        logger.setLevel(Level.OFF);
        try {
            server.close();
        } finally {
            logger.setLevel(null);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
