package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.sqlite.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SchemaTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void everyTableIsStrict(StoreName name) throws SQLException {
        open(name).close();

        try (Connection connection = connect(name);
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("""
                        SELECT name, strict FROM pragma_table_list
                        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
                          AND name NOT LIKE 'databasechangelog%'
                        """)) {
            List<String> names = new ArrayList<>();
            while (tables.next()) {
                names.add(tables.getString("name"));
                assertThat(tables.getBoolean("strict"))
                        .as(tables.getString("name"))
                        .isTrue();
            }
            assertThat(names).contains(name == StoreName.PANEL ? "users" : "delivered");
        }
    }

    @Test
    void aMigrationThatWasKilledHalfwayIsDoneByTheNextStart() {
        try (ChildJvm child = ChildJvm.start(Migrating.class, directory.toString())) {
            child.awaitLine("migrated, not committed");
            child.kill();
        }

        try (Store store = open(StoreName.PANEL)) {
            assertThat(store.<Long>read(connection -> connection
                            .handle()
                            .createQuery("SELECT count(*) FROM users")
                            .mapTo(Long.class)
                            .one()))
                    .isZero();
        }
    }

    /** Goes as far as a migration goes before it is committed. */
    static final class Migrating {
        public static void main(String[] arguments) throws SQLException, IOException {
            StoreFile file =
                    new StorageDirectory(Path.of(arguments[0])).prepare().get(0);
            try (Connection connection = new Connections(file).writer();
                    Statement statement = connection.createStatement()) {
                Connections.answer(connection, "PRAGMA journal_mode = WAL");
                statement.execute("BEGIN IMMEDIATE");
                LiquibaseUpdate.run(connection, "io/aipanel/migrations/panel/sqlite/changelog.sql");
                System.out.println("migrated, not committed");
                if (System.in.read() >= 0) {
                    throw new IllegalStateException("to be killed, not to be talked to");
                }
            }
        }
    }

    @Test
    void aLockRowThatAKilledProcessHasLeftHoldsNobodyUp() throws SQLException {
        open(StoreName.PANEL).close();
        try (Connection connection = connect(StoreName.PANEL);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM databasechangelog WHERE id IN ('0007-outbox', '0008-job-outbox')");
            statement.execute("DROP TABLE audit_outbox");
            statement.execute("DROP TABLE job_outbox");
            statement.execute("DELETE FROM databasechangeloglock");
            statement.execute("""
                    INSERT INTO databasechangeloglock (id, locked, lockgranted, lockedby)
                    VALUES (1, 1, '2026-01-01 00:00:00', 'a process that was killed')""");
        }

        try (Store store = open(StoreName.PANEL)) {
            assertThat(store.<Long>read(connection -> connection
                            .handle()
                            .createQuery("SELECT count(*) FROM audit_outbox")
                            .mapTo(Long.class)
                            .one()))
                    .isZero();
        }
    }

    @Test
    void aMigrationThatFailsChangesNothing() throws SQLException {
        new StorageDirectory(directory).prepare();
        try (Connection connection = connect(StoreName.PANEL);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE settings (somebody_elses TEXT)");
        }

        assertThatThrownBy(() -> open(StoreName.PANEL).close()).hasStackTraceContaining("settings already exists");

        try (Connection connection = connect(StoreName.PANEL)) {
            assertThat(Connections.answer(
                            connection, "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table'"))
                    .isEqualTo("settings");
        }
    }

    private Store open(StoreName name) {
        StoreFile file = new StorageDirectory(directory).prepare().get(name.ordinal());
        return Store.open(file, Duration.ofSeconds(30), News.NONE, WriteObserver.NONE);
    }

    private Connection connect(StoreName name) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(name.wireName() + ".db"));
    }
}
