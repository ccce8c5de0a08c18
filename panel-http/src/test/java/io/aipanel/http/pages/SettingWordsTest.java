package io.aipanel.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.settings.SettingKey;
import io.aipanel.service.settings.PanelSettings;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingWordsTest {

    /** So that nobody changes one of the two and forgets the other. */
    @Test
    void whatSettingsMeanIsToldInEnglishAsThePanelItselfTellsIt() {
        Words english = Languages.builtIn().tagged("en").orElseThrow();
        Map<String, String> meant = new TreeMap<>();
        Map<String, String> told = new TreeMap<>();
        for (SettingKey<?> key : PanelSettings.all()) {
            meant.put(key.name().value(), key.description());
            told.put(key.name().value(), english.of("setting." + key.name()));
        }
        assertThat(told).isNotEmpty().isEqualTo(meant);
    }
}
