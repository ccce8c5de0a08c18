package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the name of a log that was made when a log had one name for ever. */
final class EarlierNameTest {

    private final TestServer server = TestServer.shared();
    private final String database = server.emptyDatabase();

    @BeforeEach
    void makeAsItWas(@TempDir Path directory) throws Exception {
        EarlierSchema.make(server, database, directory, "audit", "0009-");
        server.execute(database, """
                INSERT INTO audit.origin (name) VALUES ('example.org/log');
                GRANT SELECT, INSERT ON audit.origin TO pg_monitor;
                """);
    }

    @AfterEach
    void drop() {
        server.drop(database);
    }

    @Test
    void itIsTheFirstNameAndWhoMightAddOneStillMay() {
        try (Storage storage = open()) {
            assertThat(storage.checkpoints().origins()).isEqualTo(LogOrigins.of("example.org/log"));
            assertThat(storage.checkpoints().beginOrigin("example.org/restored").from())
                    .isZero();
        }
        server.execute(database, """
                DO $$ BEGIN
                    ASSERT has_table_privilege('pg_monitor', 'audit.origins', 'SELECT');
                    ASSERT has_table_privilege('pg_monitor', 'audit.origins', 'INSERT');
                    ASSERT NOT has_table_privilege('pg_monitor', 'audit.origins', 'UPDATE');
                    ASSERT NOT has_table_privilege('panel', 'audit.origins', 'UPDATE');
                END $$
                """);
    }

    private Storage open() {
        return new PostgresStorageProvider().open(StorageOptions.of(server.url(database)));
    }
}
