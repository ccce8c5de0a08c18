package io.aipanel.service.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.ComponentStatus;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.service.NotFound;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComponentsTest extends PanelTest {

    private static final ComponentName NGINX = new ComponentName("nginx");
    private static final ComponentName FPM = new ComponentName("php8.2-fpm");
    private static final ComponentName SSH = new ComponentName("openssh-server");

    private final Map<ComponentName, Finding> host = new TreeMap<>();
    private Optional<RuntimeException> failure = Optional.empty();

    @Override
    protected PanelOptions options() {
        return super.options().inventory(patterns -> {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return Map.copyOf(host);
        });
    }

    @BeforeEach
    void watch() {
        panel.settings().set(PROGRAM, new SettingName("versions.components"), "nginx, php*-fpm, openssh-server");
        host.put(NGINX, new Finding("Debian", Optional.of("1.22.1-9"), Optional.of("1.22.1-9+deb12u3")));
        host.put(FPM, new Finding("Debian", Optional.of("8.2.29-1"), Optional.of("8.2.29-1")));
    }

    @Test
    void aLookFindsWhatIsThereAndIsOneEvent() {
        panel.components().refresh(PROGRAM);

        assertThat(status(NGINX)).isEqualTo(ComponentStatus.LAGGING);
        assertThat(status(FPM)).isEqualTo(ComponentStatus.UP_TO_DATE);
        assertThat(status(SSH)).isEqualTo(ComponentStatus.UNKNOWN);
        assertThat(component(NGINX).lastCheckedAt()).contains(clock.instant());
        assertThat(actions()).containsExactly("setting.set", "component.refresh");
    }

    @Test
    void historyGrowsOnlyWhenTheHostSaysSomethingNew() {
        panel.components().refresh(PROGRAM);
        clock.advance(Duration.ofDays(1));
        panel.components().refresh(PROGRAM);
        host.put(NGINX, new Finding("Debian", Optional.of("1.22.1-9+deb12u3"), Optional.of("1.22.1-9+deb12u3")));
        clock.advance(Duration.ofDays(1));
        panel.components().refresh(PROGRAM);

        assertThat(panel.components()
                        .history(PROGRAM, NGINX, PageRequest.first(10))
                        .items())
                .extracting(change -> change.finding().installed())
                .containsExactly(Optional.of("1.22.1-9+deb12u3"), Optional.of("1.22.1-9"));
        assertThat(status(NGINX)).isEqualTo(ComponentStatus.UP_TO_DATE);
    }

    @Test
    void whatIsRemovedFromTheHostBecomesUnknownAndWhatIsNoLongerOfferedUnsupported() {
        panel.components().refresh(PROGRAM);
        host.remove(FPM);
        host.put(NGINX, new Finding("", Optional.of("1.22.1-9"), Optional.empty()));

        panel.components().refresh(PROGRAM);

        assertThat(status(FPM)).isEqualTo(ComponentStatus.UNKNOWN);
        assertThat(status(NGINX)).isEqualTo(ComponentStatus.UNSUPPORTED);
    }

    @Test
    void aPinCountsUntilItExpires() {
        panel.components().refresh(PROGRAM);
        Pin pin = new Pin(
                "1.22.1-9", "a module is not ready", Optional.of(clock.instant().plus(Duration.ofDays(7))));

        panel.components().pin(PROGRAM, NGINX, pin);

        assertThat(status(NGINX)).isEqualTo(ComponentStatus.UP_TO_DATE);
        clock.advance(Duration.ofDays(7));
        assertThat(status(NGINX)).isEqualTo(ComponentStatus.LAGGING);
        assertThatThrownBy(() -> panel.components().pin(PROGRAM, NGINX, pin)).isInstanceOf(InvalidValueException.class);
        panel.components().unpin(PROGRAM, NGINX);
        assertThat(component(NGINX).pin()).isEmpty();
        assertThat(actions()).containsSubsequence("component.pin", "component.unpin");
    }

    @Test
    void aLookKeepsPolicyAndPin() {
        panel.components().refresh(PROGRAM);
        panel.components().setPolicy(PROGRAM, NGINX, UpdatePolicy.HOLD);
        panel.components().pin(PROGRAM, NGINX, new Pin("1.22.1-9", "", Optional.empty()));

        panel.components().refresh(PROGRAM);

        assertThat(component(NGINX).policy()).isEqualTo(UpdatePolicy.HOLD);
        assertThat(component(NGINX).pin()).isPresent();
        assertThatThrownBy(() -> panel.components().setPolicy(PROGRAM, new ComponentName("none"), UpdatePolicy.HOLD))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aHostWhoseToolsFailChangesNothingAndIsRecorded() {
        panel.components().refresh(PROGRAM);
        Component before = component(NGINX);
        failure = Optional.of(new ComponentInventory.InventoryFailed("apt-cache ended with 100", null));

        assertThatThrownBy(() -> panel.components().refresh(PROGRAM))
                .isInstanceOf(ComponentInventory.InventoryFailed.class);

        assertThat(component(NGINX)).isEqualTo(before);
        assertThat(events().get(2).event().outcome()).isEqualTo(AuditOutcome.FAILURE);
    }

    @Test
    void aHostThatCannotTellMakesEverythingUnknown() {
        host.clear();
        panel.components().refresh(PROGRAM);
        assertThat(panel.components().list(PROGRAM)).extracting(Component::name).containsExactly(NGINX, SSH);
        assertThat(status(NGINX)).isEqualTo(ComponentStatus.UNKNOWN);
    }

    private Component component(ComponentName name) {
        return panel.components().find(PROGRAM, name).orElseThrow();
    }

    private ComponentStatus status(ComponentName name) {
        return panel.components().status(component(name));
    }
}
