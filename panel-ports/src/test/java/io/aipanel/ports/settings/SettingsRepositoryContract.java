package io.aipanel.ports.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How settings are kept. */
public interface SettingsRepositoryContract extends StoreContract {

    /** When the samples were set. */
    Instant T0 = IamSamples.T0;

    private static StoredSetting setting(String name, String value) {
        return new StoredSetting(new SettingName(name), value, false, T0);
    }

    @Test
    default void aSettingThatWasSetIsFound() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository settings = harness.storage().settings();
            StoredSetting visible = setting("panel.name", "My panel");
            StoredSetting secret = new StoredSetting(new SettingName("smtp.password"), "hidden", true, T0);

            assertThat(settings.put(visible)).as("nobody had set it").isEmpty();
            assertThat(settings.put(secret)).as("nobody had set it").isEmpty();

            assertThat(settings.setting(visible.name()))
                    .as("a setting is found by name")
                    .contains(visible);
            assertThat(settings.setting(secret.name()))
                    .as("a secret one keeps its mark")
                    .contains(secret);
        }
    }

    @Test
    default void aSettingThatWasNotSetIsAbsent() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository settings = harness.storage().settings();

            assertThat(settings.setting(new SettingName("panel.name")))
                    .as("absence is empty")
                    .isEmpty();
            assertThat(settings.remove(new SettingName("panel.name")))
                    .as("absence is empty")
                    .isEmpty();
            assertThat(settings.settings()).as("nobody has set anything").isEmpty();
        }
    }

    @Test
    default void settingAgainAnswersWhatItWasBefore() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository settings = harness.storage().settings();
            StoredSetting first = setting("panel.name", "first");
            StoredSetting second = new StoredSetting(first.name(), "", true, T0.plusSeconds(1));
            settings.put(first);

            assertThat(settings.put(second))
                    .as("the answer is what it was before")
                    .contains(first);
            assertThat(settings.setting(first.name()))
                    .as("everything is replaced")
                    .contains(second);
            assertThat(settings.settings()).as("a name is there once").containsExactly(second);
        }
    }

    @Test
    default void aRemovedSettingAnswersWhatItWas() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository settings = harness.storage().settings();
            StoredSetting setting = setting("panel.name", "x");
            settings.put(setting);
            settings.put(setting("panel.other", "y"));

            assertThat(settings.remove(setting.name()))
                    .as("the answer is what it was")
                    .contains(setting);

            assertThat(settings.setting(setting.name()))
                    .as("a removed setting is absent")
                    .isEmpty();
            assertThat(settings.settings()).as("others stay").containsExactly(setting("panel.other", "y"));
        }
    }

    @Test
    default void settingsComeInCodePointOrderOfTheirName() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository settings = harness.storage().settings();
            Stream.of("b.a", "a.b", "a-b.a", "ab.a", "a.b-c", "a.b.c", "a0.a")
                    .forEach(name -> settings.put(setting(name, name)));

            assertThat(settings.settings())
                    .as("settings come in code point order of their name")
                    .extracting(each -> each.name().value())
                    .containsExactly("a-b.a", "a.b", "a.b-c", "a.b.c", "a0.a", "ab.a", "b.a");
        }
    }

    @Test
    default void valuesComeBackToTheLetter() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository settings = harness.storage().settings();
            for (String text : HostileTexts.IN_ORDER) {
                settings.put(setting("panel.name", text));
                assertThat(settings.setting(new SettingName("panel.name"))
                                .orElseThrow()
                                .value())
                        .as("text comes back to the letter")
                        .isEqualTo(text);
            }
            StoredSetting longest = setting("panel.name", "\uD83D\uDE00".repeat(1024));
            settings.put(longest);
            assertThat(settings.setting(longest.name()))
                    .as("4096 bytes are kept")
                    .contains(longest);
        }
    }

    @Test
    default void ofManyWhoSetOneSettingEachSeesAnotherBefore() {
        try (StorageHarness harness = fresh()) {
            SettingsRepository settings = harness.storage().settings();

            List<Optional<StoredSetting>> before =
                    Race.answers(Race.of(8, i -> () -> settings.put(setting("panel.name", Integer.toString(i)))));

            Set<String> seen = Stream.concat(before.stream().flatMap(Optional::stream), settings.settings().stream())
                    .map(StoredSetting::value)
                    .collect(Collectors.toSet());
            assertThat(before)
                    .as("only the first finds nothing")
                    .filteredOn(Optional::isEmpty)
                    .hasSize(1);
            assertThat(seen)
                    .as("every value was replaced once or is still there")
                    .isEqualTo(IntStream.range(0, 8).mapToObj(Integer::toString).collect(Collectors.toSet()));
        }
    }
}
