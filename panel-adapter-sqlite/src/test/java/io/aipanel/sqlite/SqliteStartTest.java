package io.aipanel.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.ports.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStartTest {

    @TempDir
    Path directory;

    @Test
    void aStartOnACurrentSchemaLoadsNothingOfLiquibase() throws IOException {
        assertThat(classesLoadedByAStart().filter(name -> name.startsWith("liquibase.")))
                .as("the first start builds the schema with Liquibase, and the log shows it")
                .isNotEmpty();

        assertThat(classesLoadedByAStart().filter(name -> name.startsWith("liquibase.")))
                .as("classes of Liquibase that a start on a current schema loads")
                .isEmpty();
        assertThat(classesLoadedByAStart()).contains("org.sqlite.core.NativeDB");
    }

    @Test
    void theFirstStartSaysNothingOnStandardOutput() {
        try (ChildJvm child =
                ChildJvm.start(Starting.class, directory.resolve("data").toString())) {
            assertThat(child.finish()).isEmpty();
        }
    }

    private Stream<String> classesLoadedByAStart() throws IOException {
        Path log = directory.resolve("classes");
        try (ChildJvm child = ChildJvm.start(
                List.of(),
                List.of("-Xlog:class+load:file=" + log + "::filesize=0"),
                Starting.class,
                directory.resolve("data").toString())) {
            child.finish();
        }
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst("^(\\[[^]]*\\])*\\s*", ""))
                .map(line -> line.replaceFirst(" .*", ""));
    }

    /** Opens a storage and closes it again. */
    static final class Starting {
        public static void main(String[] arguments) {
            try (Storage storage = SqliteOpeningTest.open(Path.of(arguments[0]))) {
                storage.audit().size();
            }
        }
    }
}
