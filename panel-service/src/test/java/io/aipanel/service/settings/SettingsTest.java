package io.aipanel.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.SettingType;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.PermissionDenied;
import org.junit.jupiter.api.Test;

class SettingsTest extends PanelTest {

    private static final SettingKey<String> API_KEY = SettingKey.secret("shop.api-key", "The key of the shop");
    private static final SettingKey<Long> LIMIT =
            SettingKey.visible("shop.limit", SettingType.INTEGER, "10", "The most items");

    @Override
    protected PanelOptions options() {
        return super.options().settings(API_KEY, LIMIT);
    }

    @Test
    void theOldValueIsKeptInTheEvent() {
        panel.settings().set(PROGRAM, LIMIT.name(), "20");
        panel.settings().set(PROGRAM, LIMIT.name(), "30");
        panel.settings().reset(PROGRAM, LIMIT.name());

        assertThat(panel.settings().value(LIMIT)).isEqualTo(10);
        assertThat(events())
                .extracting(event -> event.event().details().value())
                .containsExactly("{\"after\":\"20\"}", "{\"before\":\"20\",\"after\":\"30\"}", "{\"before\":\"30\"}");
    }

    @Test
    void aChangeCountsAtOnce() {
        assertThat(panel.settings().value(LIMIT)).isEqualTo(10);
        panel.settings().set(PROGRAM, LIMIT.name(), "20");
        assertThat(panel.settings().value(LIMIT)).isEqualTo(20);
    }

    @Test
    void aSecretGoesInAndNeverComesOut() {
        SettingView set = panel.settings().set(PROGRAM, API_KEY.name(), "s3cr3t-value");
        panel.settings().set(PROGRAM, API_KEY.name(), "s3cr3t-value-2");

        assertThat(panel.settings().value(API_KEY)).isEqualTo("s3cr3t-value-2");
        assertThat(set.value()).isEmpty();
        assertThat(set.isSet()).isTrue();
        assertThat(panel.settings().list(PROGRAM).toString()).doesNotContain("s3cr3t");
        assertThat(panel.settings().show(PROGRAM, API_KEY.name()).value()).isEmpty();
        assertThat(events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain("s3cr3t"));
    }

    @Test
    void whatIsNotValidIsRefusedAndSaysWhatWouldBe() {
        assertThatThrownBy(() -> panel.settings().set(PROGRAM, LIMIT.name(), "many"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("shop.limit")
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> panel.settings().set(PROGRAM, new SettingName("iam.session.idle"), "PT1S"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("between 2 minutes and 30 days");
        assertThatThrownBy(() -> panel.settings().set(PROGRAM, new SettingName("no.such"), "x"))
                .isInstanceOf(NotFound.class);
        assertThat(events()).isEmpty();
    }

    @Test
    void onlyWhoMayReadsAndWrites() {
        user("anna@example.com", "user");
        user("op@example.com", "operator");
        assertThatThrownBy(() -> panel.settings().list(actor("anna@example.com")))
                .isInstanceOf(PermissionDenied.class);
        assertThat(panel.settings().list(actor("op@example.com"))).isNotEmpty();
        assertThatThrownBy(() -> panel.settings().set(actor("op@example.com"), LIMIT.name(), "1"))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void twoSettingsOfOneNameAreACallersBug() {
        assertThatThrownBy(() -> Panel.open(PanelOptions.of("sqlite:" + directory.resolve("other"))
                                .settings(LIMIT, LIMIT))
                        .close())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
