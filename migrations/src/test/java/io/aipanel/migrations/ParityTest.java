package io.aipanel.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines go through the same changes, each written in its own SQL. */
final class ParityTest {

    private static final Pattern CHANGE_SET = Pattern.compile("(?m)^--changeset (\\S+):(\\S+)");
    private static final Pattern ID = Pattern.compile("\\d{4}-[a-z]+(-[a-z]+)*");

    @ParameterizedTest
    @ValueSource(strings = {"panel", "audit", "queue"})
    void bothEnginesHaveTheSameChangesInTheSameOrder(String store) throws IOException {
        assertThat(ids(store, "postgres"))
                .as("ids of the changes of %s on PostgreSQL, against those on SQLite", store)
                .containsExactlyElementsOf(ids(store, "sqlite"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"panel", "audit", "queue"})
    void changesAreNumberedWithoutGaps(String store) throws IOException {
        List<String> ids = ids(store, "sqlite");

        assertThat(ids).as("changes of %s", store).isNotEmpty();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ids.get(i)).matches(ID).startsWith("%04d-".formatted(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "panel/sqlite",
                "panel/postgres",
                "audit/sqlite",
                "audit/postgres",
                "queue/sqlite",
                "queue/postgres"
            })
    void everyChangeIsOurs(String tree) throws IOException {
        assertThat(CHANGE_SET.matcher(sql(tree)).results().map(change -> change.group(1)))
                .as("authors of the changes in %s", tree)
                .isNotEmpty()
                .containsOnly("aipanel");
    }

    private static List<String> ids(String store, String engine) throws IOException {
        return CHANGE_SET
                .matcher(sql(store + "/" + engine))
                .results()
                .map((MatchResult change) -> change.group(2))
                .toList();
    }

    private static String sql(String tree) throws IOException {
        String resource = "/io/aipanel/migrations/" + tree + "/changelog.sql";
        try (InputStream sql = ParityTest.class.getResourceAsStream(resource)) {
            assertThat(sql).as(resource).isNotNull();
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
