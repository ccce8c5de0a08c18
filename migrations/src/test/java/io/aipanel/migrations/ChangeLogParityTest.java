package io.aipanel.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines have gone through the same changes, and each change log is in the form that its readers expect. */
final class ChangeLogParityTest {

    private static final Pattern CHANGE_SET = Pattern.compile("(?m)^--changeset (\\S+?):(\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {"panel", "audit", "queue"})
    void bothEnginesHaveTheSameChangesInTheSameOrder(String store) throws IOException {
        assertThat(ids(store, "postgres"))
                .as("the changes of %s on PostgreSQL and on SQLite", store)
                .isNotEmpty()
                .containsExactlyElementsOf(ids(store, "sqlite"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"panel", "audit", "queue"})
    void changesAreNumberedWithoutGaps(String store) throws IOException {
        List<String> ids = ids(store, "postgres");
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ids.get(i)).as("change %d of %s", i + 1, store).matches("%04d-[a-z-]+".formatted(i + 1));
        }
    }

    private static List<String> ids(String store, String engine) throws IOException {
        String sql = read("/io/aipanel/migrations/" + store + "/" + engine + "/changelog.sql");
        assertThat(sql).as("%s on %s", store, engine).startsWith("--liquibase formatted sql\n");
        return CHANGE_SET
                .matcher(sql)
                .results()
                .peek(found -> assertThat(found.group(1))
                        .as("the author of every change")
                        .isEqualTo("aipanel"))
                .map(found -> found.group(2))
                .toList();
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = ChangeLogParityTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
