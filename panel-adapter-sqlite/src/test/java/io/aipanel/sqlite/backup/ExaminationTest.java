package io.aipanel.sqlite.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.SqliteStorageHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about the copy of a file, beyond what is said on every engine. */
final class ExaminationTest {

    private static final int PAGE_BYTES = 4096;

    @TempDir
    private Path directory;

    private Path copy(StoreName store) {
        Path file = directory.resolve("a file's name?with=odd#characters%41");
        try (SqliteStorageHarness harness = SqliteStorageHarness.create();
                Snapshot snapshot = harness.storage().snapshot()) {
            snapshot.copy(store, file, (done, all) -> {});
        }
        return file;
    }

    private static int rootPage(Path file, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void theDamagedPageIsNamed() throws IOException, SQLException {
        Path file = copy(StoreName.PANEL);
        int page = rootPage(file, "settings");
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, (page - 1) * PAGE_BYTES, page * PAGE_BYTES, (byte) 0xFF);
        Files.write(file, content);

        CopyReport report = Examination.of(StoreName.PANEL, file);

        assertThat(report.problems()).isNotEmpty().anyMatch(problem -> problem.contains("page " + page));
    }

    @Test
    void pagesAreCounted() throws IOException {
        Path file = copy(StoreName.QUEUE);

        assertThat(Examination.of(StoreName.QUEUE, file).pages()).isEqualTo(Files.size(file) / PAGE_BYTES);
    }

    @Test
    void aRowThatRefersToNothingIsNoticed() throws SQLException {
        Path file = copy(StoreName.PANEL);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = off");
            statement.execute("PRAGMA journal_mode = delete");
            statement.execute("INSERT INTO role_permissions (role, permission) VALUES ('nobody', 'x')");
        }

        assertThat(Examination.of(StoreName.PANEL, file).problems())
                .hasSize(1)
                .allMatch(problem -> problem.contains("role_permissions") && problem.contains("roles"));
    }

    @Test
    void aTreeThatCannotBeIsNoticed() throws SQLException {
        Path file = copy(StoreName.AUDIT);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = delete");
            statement.execute("PRAGMA ignore_check_constraints = on");
            statement.execute("UPDATE tree SET size = 3");
        }

        assertThat(Examination.of(StoreName.AUDIT, file).problems())
                .hasSize(1)
                .allMatch(problem -> problem.contains(file.toString()));
    }
}
