package io.aipanel.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> CANDIDATES = List.of("serve", "user", "jobs", "--storage", "log.level");

    @ParameterizedTest
    @CsvSource({"usr,user", "USER,user", "serv,serve", "sevre,serve", "--stroage,--storage", "log.levle,log.level"})
    void aWordWithFewMistakesIsRecognised(String word, String meant) {
        assertThat(Nearest.to(word, CANDIDATES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "bobs.level", "ab", "storages"})
    void anotherWordIsNot(String word) {
        assertThat(Nearest.to(word, CANDIDATES)).isEmpty();
    }
}
