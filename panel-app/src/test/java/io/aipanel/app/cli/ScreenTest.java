package io.aipanel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {

    @ParameterizedTest
    @CsvSource({"132,132", "40,40", "1,20", "0,80", "wide,80", "'',80", "99999,80"})
    void theEnvironmentTellsTheWidth(String columns, int width) {
        assertThat(Screen.of(Map.of("COLUMNS", columns), false).width()).isEqualTo(width);
    }

    @Test
    void theFirstVariableThatSaysAnythingTellsWhatCanBeDrawn() {
        assertThat(unicode("LANG", "de_DE.UTF-8")).isTrue();
        assertThat(unicode("LC_ALL", "C.utf8", "LANG", "C")).isTrue();
        assertThat(unicode("LC_ALL", "", "LC_CTYPE", "en_US.UTF-8")).isTrue();
        assertThat(unicode("LC_ALL", "C", "LANG", "en_US.UTF-8")).isFalse();
        assertThat(unicode("LANG", "en_US.ISO-8859-1")).isFalse();
        assertThat(unicode("COLUMNS", "80")).isFalse();
    }

    @Test
    void theStartScriptTellsWhatTheLocaleWas() {
        assertThat(unicode("LC_ALL", "C.UTF-8", "PANEL_ASCII", "1")).isFalse();
    }

    private static boolean unicode(String... environment) {
        Map<String, String> variables = environment.length == 2
                ? Map.of(environment[0], environment[1])
                : Map.of(environment[0], environment[1], environment[2], environment[3]);
        return Screen.of(variables, false).unicode();
    }
}
