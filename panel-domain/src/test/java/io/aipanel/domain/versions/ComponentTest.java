package io.aipanel.domain.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentTest {

    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");

    private static Component found(String installed, String candidate) {
        Finding finding = new Finding("a source", optional(installed), optional(candidate));
        return Component.unchecked(new ComponentName("nginx")).checked(finding, NOW);
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Pin> pin(String version, Instant expiresAt) {
        return Optional.of(new Pin(version, "", Optional.of(expiresAt)));
    }

    @Test
    void whatIsNotInstalledIsUnknown() {
        assertThat(Component.unchecked(new ComponentName("nginx")).status(NOW)).isEqualTo(ComponentStatus.UNKNOWN);
        assertThat(found("", "1.0").status(NOW)).isEqualTo(ComponentStatus.UNKNOWN);
        assertThat(found("", "1.0").withPin(pin("1.0", NOW.plusSeconds(1))).status(NOW))
                .isEqualTo(ComponentStatus.UNKNOWN);
    }

    @Test
    void theCandidateIsWhatIsWanted() {
        assertThat(found("1.0", "1.0").status(NOW)).isEqualTo(ComponentStatus.UP_TO_DATE);
        assertThat(found("1.0", "1.1").status(NOW)).isEqualTo(ComponentStatus.LAGGING);
        assertThat(found("1.1", "1.0").status(NOW))
                .as("another version than the wanted one")
                .isEqualTo(ComponentStatus.LAGGING);
        assertThat(found("1.0", "").status(NOW)).as("no source offers it").isEqualTo(ComponentStatus.UNSUPPORTED);
    }

    @Test
    void anActivePinIsWantedInsteadOfTheCandidate() {
        Component held = found("1.0", "1.1").withPin(pin("1.0", NOW.plusSeconds(1)));

        assertThat(held.status(NOW)).isEqualTo(ComponentStatus.UP_TO_DATE);
        assertThat(held.status(NOW.plusSeconds(1))).as("the pin has expired").isEqualTo(ComponentStatus.LAGGING);
        assertThat(found("1.1", "1.1").withPin(pin("1.0", NOW.plusSeconds(1))).status(NOW))
                .isEqualTo(ComponentStatus.LAGGING);
        assertThat(found("1.0", "").withPin(pin("1.0", NOW.plusSeconds(1))).status(NOW))
                .isEqualTo(ComponentStatus.UP_TO_DATE);
    }

    @Test
    void aPinWithoutAnEndHoldsForEver() {
        assertThat(new Pin("1.0", "", Optional.empty()).isActive(Instant.MAX)).isTrue();
        assertThat(new Pin("1.0", "", Optional.of(NOW)).isActive(NOW)).isFalse();
    }

    @Test
    void eachChangeLeavesTheRest() {
        Component component = found("1.0", "1.1");

        assertThat(component.withPolicy(UpdatePolicy.HOLD).withPolicy(UpdatePolicy.NOTIFY))
                .isEqualTo(component);
        assertThat(component.withPin(pin("1.0", NOW)).withPin(Optional.empty())).isEqualTo(component);
        assertThat(component
                        .withPolicy(UpdatePolicy.HOLD)
                        .checked(Finding.NOTHING, NOW)
                        .policy())
                .isEqualTo(UpdatePolicy.HOLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "A1", "-a", "a_b", "a b", "php*-fpm", "\u00E9\u00E9", "ab\n"})
    void aNameOfAnotherFormIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new ComponentName(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("component"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ad", "libc++1", "php8.3-fpm", "g++", "a.b"})
    void namesOfDebianPackagesAreAccepted(String name) {
        assertThat(new ComponentName(name)).hasToString(name);
    }

    @Test
    void versionsOutOfRangeAreRefused() {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> found("1".repeat(101), "1"));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> found("1", " "));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new Pin("", "", Optional.empty()));
    }
}
