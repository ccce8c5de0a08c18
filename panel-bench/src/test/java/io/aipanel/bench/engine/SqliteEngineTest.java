package io.aipanel.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** SQLite as others beside us get it. */
class SqliteEngineTest {

    @Test
    void everyConnectionIsDurableAndTheFilesGoWithTheirDatabase() throws Exception {
        try (Engine engine = Engine.start(EngineName.SQLITE)) {
            assertThat(engine.durability()).isEqualTo("FULL");
            Path file;
            try (Database database = engine.newDatabase()) {
                try (Connection connection = database.connect()) {
                    assertThat(answer(connection, "PRAGMA journal_mode")).isEqualTo("wal");
                    assertThat(answer(connection, "PRAGMA synchronous"))
                            .as("2 is FULL")
                            .isEqualTo("2");
                    file = Path.of(answer(connection, "SELECT file FROM pragma_database_list"));
                }
                assertThat(file).exists();
            }
            assertThat(Files.exists(file)).isFalse();
        }
    }

    private static String answer(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
