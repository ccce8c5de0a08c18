package io.aipanel.domain.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

    private static final SettingKey<Boolean> FLAG =
            SettingKey.visible("a.flag", SettingType.BOOLEAN, "true", "A flag.");

    @Test
    void textBecomesAValue() {
        assertThat(SettingType.TEXT.parser().parse("a.b", " any ")).isEqualTo(" any ");
        assertThat(FLAG.parse("false")).isFalse();
        assertThat(SettingType.INTEGER.parser().parse("a.b", "-9223372036854775808"))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(SettingType.DURATION.parser().parse("a.b", "PT30M")).isEqualTo(Duration.ofMinutes(30));
        assertThat(SettingType.DURATION.parser().parse("a.b", "PT0S")).isZero();
        assertThat(SettingType.LIST.parser().parse("a.b", " nginx, php*-fpm ,, "))
                .isEqualTo(List.of("nginx", "php*-fpm"));
        assertThat(SettingType.LIST.parser().parse("a.b", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "yes", "1", " true"})
    void whatIsNeitherTrueNorFalseIsRefused(String text) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> FLAG.parse(text))
                .withMessage("a.flag must be true or false")
                .satisfies(e -> assertThat(e.field()).isEqualTo("a.flag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0", "9223372036854775808", "ten", "1 "})
    void whatIsNoWholeNumberIsRefused(String text) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> SettingType.INTEGER.parser().parse("a.b", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "PT-1S", "-PT1S", "P1Y", "PT99999999999999999999S", "PT9223372036854775807H"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> SettingType.DURATION.parser().parse("a.b", text))
                .withMessageContaining("PT30M");
    }

    @Test
    void textAtItsLimitIsAccepted() {
        assertThat(SettingType.TEXT.parser().parse("a.b", "x".repeat(4096))).hasSize(4096);
        for (SettingType<?> type : List.of(SettingType.TEXT, SettingType.LIST)) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> type.parser().parse("a.b", "x".repeat(4097)));
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> type.parser().parse("a.b", "a\0b"));
        }
    }

    @Test
    void aKeyWhoseDefaultIsNotValidIsRefused() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> SettingKey.visible("a.flag", SettingType.BOOLEAN, "perhaps", "A flag."));
    }

    @Test
    void aSecretIsNeverShown() {
        SettingKey<String> key = SettingKey.secret("smtp.password", "The password.");
        StoredSetting stored = new StoredSetting(key.name(), "hunter2", true, Instant.EPOCH);

        assertThat(key.secret()).isTrue();
        assertThat(stored.toString()).isEqualTo("smtp.password=(secret)");
        assertThat(new StoredSetting(key.name(), "shown", false, Instant.EPOCH)).hasToString("smtp.password=shown");
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new StoredSetting(key.name(), "hunter2\0", true, Instant.EPOCH))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "panel",
                "panel.",
                ".name",
                "Panel.name",
                "panel..name",
                "panel.1",
                "panel name",
                "panel_name.x"
            })
    void aNameOfAnotherFormIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new SettingName(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("key"));
    }

    @Test
    void aNameHasAtMost100Characters() {
        assertThat(new SettingName("a." + "b".repeat(98)).value()).hasSize(100);
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new SettingName("a." + "b".repeat(99)));
    }
}
