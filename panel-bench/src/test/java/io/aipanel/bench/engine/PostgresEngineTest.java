package io.aipanel.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The server that is measured. */
@StartsPostgres
class PostgresEngineTest {

    @Test
    void theServerIsDurableListensToThisMachineOnlyAndLeavesNothingBehind() throws Exception {
        Path data;
        try (Engine engine = Engine.start(EngineName.POSTGRES)) {
            assertThat(engine.durability()).isEqualTo("fsync on, synchronous_commit on, full_page_writes on");
            assertThat(engine.version()).startsWith("PostgreSQL 18");
            try (Database database = engine.newDatabase()) {
                assertThat(shown(database, "fsync")).isEqualTo("on");
                assertThat(shown(database, "synchronous_commit")).isEqualTo("on");
                assertThat(shown(database, "listen_addresses")).isEqualTo("127.0.0.1");
                data = Path.of(shown(database, "data_directory"));
                assertThat(data).isDirectory();
            }
        }
        assertThat(Files.exists(data)).isFalse();
    }

    private static String shown(Database database, String setting) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
