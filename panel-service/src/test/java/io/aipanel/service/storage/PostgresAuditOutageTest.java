package io.aipanel.service.storage;

import io.aipanel.service.MovableClock;
import io.aipanel.service.Panel;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the schema {@code audit} of a database takes nothing, and the others do. */
class PostgresAuditOutageTest {

    private static EmbeddedPostgres server;

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private Path directory;

    private Panel panel;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(serverDirectory.resolve("binaries").toFile())
                .setDataDirectory(serverDirectory.resolve("data"))
                .start();
        sql("CREATE ROLE panel LOGIN", "CREATE DATABASE panel OWNER panel");
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void openPanel() throws SQLException {
        panelSql("DROP SCHEMA IF EXISTS panel, audit, queue CASCADE");
        panel = Panel.open(AuditOutage.options(url(), new MovableClock(), directory.resolve("audit.key")));
    }

    @AfterEach
    void closePanel() {
        panel.close();
    }

    @Test
    void whileTheRoleMayNotWriteChangesWait() throws SQLException {
        AuditOutage outage = new AuditOutage(panel);
        panelSql("REVOKE INSERT ON audit.events FROM panel");
        outage.lastsUntilTheOutboxIsFull("cannot be written");
        panelSql("GRANT INSERT ON audit.events TO panel");
        outage.isOver();
    }

    @Test
    void whileTheLogIsLockedChangesWait() throws SQLException {
        AuditOutage outage = new AuditOutage(panel);
        try (Connection other = database();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE audit.events IN ACCESS EXCLUSIVE MODE");
            outage.lastsUntilTheOutboxIsFull("kept busy by another process");
            other.rollback();
        }
        outage.isOver();
    }

    @Test
    void whoeverLocksTheLogDoesNotHoldUpClosing() throws SQLException {
        panel.close();
        panel = Panel.open(AuditOutage.patientOptions(url(), new MovableClock(), directory.resolve("audit.key")));
        AuditOutage outage = new AuditOutage(panel);
        try (Connection other = database();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE audit.events IN ACCESS EXCLUSIVE MODE");
            outage.doesNotHoldUpClosing();
            other.rollback();
        }
        panel = Panel.open(AuditOutage.options(url(), new MovableClock(), directory.resolve("audit.key")));
        outage.isOverFor(panel);
    }

    private static String url() {
        return "postgresql://panel@localhost:" + server.getPort() + "/panel";
    }

    private static Connection database() throws SQLException {
        return server.getDatabase("postgres", "panel").getConnection();
    }

    private static void panelSql(String statement) throws SQLException {
        try (Connection connection = database();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static void sql(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }
}
