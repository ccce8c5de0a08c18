package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingType;
import io.aipanel.service.PanelOptions;
import org.junit.jupiter.api.Test;

class SettingsHttpTest extends HttpTest {

    private static final SettingKey<Boolean> SWITCH =
            SettingKey.visible("test.switch", SettingType.BOOLEAN, "false", "A switch");
    private static final SettingKey<Long> NUMBER =
            SettingKey.visible("test.number", SettingType.INTEGER, "7", "A number");
    private static final SettingKey<String> SECRET = SettingKey.secret("test.secret", "A secret");

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions().settings(SWITCH, NUMBER, SECRET);
    }

    @Test
    void aSettingHasItsDefaultUntilItIsSetAndAfterItIsReset() {
        Client admin = admin();
        String place = "/api/v1/settings/panel.name";
        Answer before = admin.get(place).expect(200);
        assertThat(before.json().path("isSet").asBoolean()).isFalse();
        Answer set = admin.put(place, "{\"value\": \"Ümläut 🌻\"}").expect(200);
        assertThat(set.text("value")).isEqualTo("Ümläut 🌻");
        assertThat(admin.get(place).expect(200).json()).isEqualTo(set.json());
        admin.delete(place).expect(204);
        assertThat(admin.get(place).expect(200).json()).isEqualTo(before.json());
    }

    @Test
    void valuesAreGivenAndShownInTheirType() {
        Client admin = admin();
        assertThat(admin.get("/api/v1/settings/test.switch")
                        .json()
                        .path("value")
                        .isBoolean())
                .isTrue();
        assertThat(admin.put("/api/v1/settings/test.switch", "{\"value\": true}")
                        .expect(200)
                        .json()
                        .path("value")
                        .asBoolean())
                .isTrue();
        assertThat(admin.put("/api/v1/settings/test.number", "{\"value\": 42}")
                        .expect(200)
                        .json()
                        .path("value")
                        .isIntegralNumber())
                .isTrue();
        admin.put("/api/v1/settings/test.number", "{\"value\": \"43\"}").expect(200);
        admin.put("/api/v1/settings/test.number", "{\"value\": 4.3}").expectProblem(400, "invalid-value", "value");
        admin.put("/api/v1/settings/test.number", "{\"value\": true}").expectProblem(400, "invalid-value", "value");
        admin.put("/api/v1/settings/test.switch", "{\"value\": 1}").expectProblem(400, "invalid-value", "value");
        admin.put("/api/v1/settings/iam.session.idle", "{\"value\": \"soon\"}")
                .expectProblem(400, "invalid-value", "value");
        admin.put("/api/v1/settings/iam.session.idle", "{\"value\": \"PT20M\"}").expect(200);
    }

    @Test
    void aSecretNeverComesBack() {
        Client admin = admin();
        String place = "/api/v1/settings/test.secret";
        Answer set = admin.put(place, "{\"value\": \"hunter2-hunter2\"}").expect(200);
        assertThat(set.json().path("value").isNull()).isTrue();
        assertThat(set.json().path("isSet").asBoolean()).isTrue();
        for (String path : new String[] {place, "/api/v1/settings", "/api/v1/audit/events"}) {
            assertThat(admin.get(path).expect(200).body()).doesNotContain("hunter2");
        }
    }

    @Test
    void settingsAreListedByNamePageByPage() {
        Client admin = admin();
        Answer all = admin.get("/api/v1/settings").expect(200);
        assertThat(all.json().path("items"))
                .extracting(setting -> setting.path("key").asText())
                .contains("panel.name", "test.secret")
                .isSorted();
        Answer first = admin.get("/api/v1/settings?limit=1").expect(200);
        Answer second = admin.get("/api/v1/settings?limit=1&cursor=" + first.text("nextCursor"))
                .expect(200);
        assertThat(second.json().at("/items/0")).isEqualTo(all.json().at("/items/1"));
    }

    @Test
    void whatIsNoSettingIsNotFound() {
        Client admin = admin();
        admin.get("/api/v1/settings/no.such").expectProblem(404, "not-found");
        admin.get("/api/v1/settings/%F0%9F%8C%BB").expectProblem(404, "not-found");
        admin.put("/api/v1/settings/no.such", "{\"value\": 1}").expectProblem(404, "not-found");
        admin.delete("/api/v1/settings/no.such").expectProblem(404, "not-found");
    }
}
