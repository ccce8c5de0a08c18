package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingType;
import io.aipanel.service.PanelOptions;
import org.junit.jupiter.api.Test;

class SettingPagesHttpTest extends HttpTest {

    private static final SettingKey<Boolean> SWITCH =
            SettingKey.visible("test.switch", SettingType.BOOLEAN, "false", "Whether <it> is on");
    private static final SettingKey<String> SECRET = SettingKey.secret("test.secret", "What nobody may see");

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions().settings(SWITCH, SECRET);
    }

    @Test
    void oneIsSetAndGoesBackToItsDefault() {
        assertThat(page("/settings"))
                .contains("What the panel calls itself", "Whether &lt;it&gt; is on", "iam.session.idle");
        assertThat(page("/settings/test.switch")).contains("<option value=\"false\" selected>");
        browser().form("/settings/test.switch", FormFields.of("value", "true")).expect(303);
        assertThat(page("/settings/test.switch")).contains("<option value=\"true\" selected>", "Back to the default");
        browser().form("/settings/test.switch/reset", "").expect(303);
        assertThat(page("/settings/test.switch"))
                .contains("<option value=\"false\" selected>")
                .doesNotContain("Back to the default");
        assertThat(actions()).containsSubsequence("setting.set", "setting.reset");
    }

    @Test
    void whatIsNotValidIsShownAgain() {
        Answer refused = browser()
                .form("/settings/iam.session.idle", FormFields.of("value", "soon"))
                .expect(400);
        assertThat(refused.body()).contains("id=\"value-error\"", "value=\"soon\"", "such as PT30M");
        browser().form("/settings/iam.session.idle", "").expect(400);
        browser().get("/settings/no.such").expect(404);
    }

    @Test
    void aSecretIsNeverShown() {
        assertThat(page("/settings/test.secret")).contains("type=\"password\"", "not set");
        browser()
                .form("/settings/test.secret", FormFields.of("password", "hunter2 hunter2"))
                .expect(303);
        assertThat(panel.settings().value(SECRET)).isEqualTo("hunter2 hunter2");
        for (String path : new String[] {"/settings", "/settings/test.secret"}) {
            assertThat(page(path)).contains("never shown").doesNotContain("hunter2");
        }
        Client stranger = nobody.with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin");
        assertThat(stranger.form("/settings/test.secret", FormFields.of("password", "hunter3"))
                        .expect(401)
                        .body())
                .doesNotContain("hunter3");
    }

    @Test
    void theMeaningIsToldInOnesLanguage() {
        assertThat(browser()
                        .with("Accept-Language", "pl")
                        .get("/settings/panel.name")
                        .body())
                .contains("Jak panel sam się nazywa")
                .doesNotContain("What the panel calls itself");
    }

    @Test
    void whoeverMayOnlyLookSeesNoForms() {
        addUser("watcher@example.com", "auditor");
        Client watcher = nobody.loggedIn("watcher@example.com", PASSWORD).with("Accept", "text/html");
        assertThat(watcher.get("/settings/panel.name").expect(200).body())
                .contains("What the panel calls itself")
                .doesNotContain("id=\"value\"");
    }

    private Client browser() {
        return admin().with("Accept", "text/html");
    }

    private String page(String path) {
        return browser().get(path).expect(200).body();
    }
}
