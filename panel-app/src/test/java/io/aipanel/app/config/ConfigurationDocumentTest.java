package io.aipanel.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the tables in {@code docs/configuration.md} to the keys in the code, in both directions. */
class ConfigurationDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    @Test
    void theTablesHaveEveryKeyAndNoOther() throws IOException {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected = Stream.concat(
                        Arrays.stream(ConfigKey.values()).map(ConfigurationDocumentTest::row),
                        Arrays.stream(KeyFamily.values()).map(ConfigurationDocumentTest::row))
                .toList();

        assertThat(documented).containsExactlyElementsOf(expected);
    }

    @Test
    void theDocumentNamesTheVariableThatIsNoKey() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("`" + Sources.PASSWORD_VARIABLE + "`");
    }

    private static String row(KeyFamily family) {
        return "| `" + family.key("TYPE") + "` | " + family.defaultText() + " | " + family.meaning() + " |";
    }

    private static String row(ConfigKey key) {
        boolean literal =
                key.defaultText().matches("[^ ']+") && !key.defaultText().equals("none");
        String shown = literal ? "`" + key.defaultText() + "`" : key.defaultText();
        return "| `" + key.wireName() + "` | `" + key.variable() + "` | " + shown + " | " + key.meaning() + " |";
    }
}
