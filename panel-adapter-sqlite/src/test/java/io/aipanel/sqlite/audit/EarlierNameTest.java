package io.aipanel.sqlite.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the name of a log that was made when a log had one name for ever. */
final class EarlierNameTest {

    @TempDir
    Path directory;

    @Test
    void itIsTheFirstName() throws Exception {
        makeAsItWas("INSERT INTO origin (only_one, name) VALUES (1, 'example.org/log')");

        try (Storage storage = open()) {
            assertThat(storage.checkpoints().origins()).isEqualTo(LogOrigins.of("example.org/log"));
            assertThat(storage.checkpoints().beginOrigin("example.org/restored").from())
                    .isZero();
        }
    }

    @Test
    void whereThereWasNoneThereIsNone() throws Exception {
        makeAsItWas("DELETE FROM origin");

        try (Storage storage = open()) {
            assertThat(storage.checkpoints().origins()).isEqualTo(LogOrigins.NONE);
        }
    }

    private void makeAsItWas(String change) throws Exception {
        open().close();
        new BehindTheBack(directory)
                .execute(
                        "DROP TABLE origins",
                        "CREATE TABLE origin (only_one INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),"
                                + " name TEXT NOT NULL) STRICT",
                        change,
                        "DELETE FROM databasechangelog WHERE id = '0009-origins'");
    }

    private Storage open() {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory));
    }
}
