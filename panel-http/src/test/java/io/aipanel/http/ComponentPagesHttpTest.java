package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.service.PanelOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ComponentPagesHttpTest extends HttpTest {

    private final AtomicReference<ComponentInventory> host = new AtomicReference<>(offering("1.26.0"));

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions().inventory(patterns -> host.get().look(patterns));
    }

    @Test
    void aLookAtTheHostShowsWhatThereIs() {
        assertThat(page("/components")).contains("The host was not looked at yet", "versions.components");
        Answer looked = browser().form("/components", "").expect(303);
        assertThat(looked.header("location")).contains("/components");
        assertThat(page("/components")).contains("href=\"/components/nginx\"", "lagging", "1.24.0", "1.26.0");
        host.set(offering("1.28.0"));
        browser().form("/components", "").expect(303);
        assertThat(page("/components/nginx")).contains("1.28.0", "1.26.0", "Debian");
        browser().get("/components/lighttpd").expect(404);
    }

    @Test
    void aHostThatFailsIsSaid() {
        host.set(patterns -> {
            throw new ComponentInventory.InventoryFailed("dpkg-query: /secret/path is damaged", null);
        });
        Answer failed = browser().form("/components", "").expect(502);
        assertThat(failed.body())
                .contains("Nothing was changed.", failed.header("x-request-id").orElseThrow())
                .doesNotContain("/secret/path");
    }

    @Test
    void thePolicyIsSet() {
        browser().form("/components", "");
        browser()
                .form("/components/nginx/policy", FormFields.of("policy", "hold"))
                .expect(303);
        assertThat(page("/components/nginx")).contains("<option value=\"hold\" selected>", "stays as it is");
        browser()
                .form("/components/nginx/policy", FormFields.of("policy", "pray"))
                .expect(400);
    }

    @Test
    void oneIsHeldUntilATimeInOnesOwnZone() {
        browser().form("/components", "");
        Client warsaw = browser().with("Cookie", "panel_zone=Europe%2FWarsaw");
        assertThat(warsaw.get("/components/nginx").body())
                .contains("In the zone Europe/Warsaw", "type=\"datetime-local\"", "value=\"1.24.0\"");
        warsaw.form(
                        "/components/nginx/pin",
                        FormFields.of("version", "1.24.0", "reason", "a <module>", "expiresAt", "2026-12-31T00:00"))
                .expect(303);
        assertThat(admin().get("/api/v1/components/nginx")
                        .json()
                        .at("/pin/expiresAt")
                        .asText())
                .isEqualTo("2026-12-30T23:00:00Z");
        assertThat(page("/components/nginx")).contains("up to date", "a &lt;module&gt;", "Remove the pin");
        browser().form("/components/nginx/unpin", "").expect(303);
        assertThat(page("/components/nginx")).contains("lagging").doesNotContain("Remove the pin");
    }

    @Test
    void aPinThatCannotBeIsShownAgain() {
        browser().form("/components", "");
        Answer past = browser()
                .form("/components/nginx/pin", FormFields.of("version", "9", "expiresAt", "2020-01-01T00:00"))
                .expect(400);
        assertThat(past.body()).contains("id=\"expiresAt-error\"", "value=\"9\"", "Must lie in the future.");
        assertThat(browser()
                        .form("/components/nginx/pin", FormFields.of("version", "9", "expiresAt", "soon"))
                        .expect(400)
                        .body())
                .contains("id=\"expiresAt-error\"", "such as 2026-12-31T18:00");
        assertThat(browser()
                        .form("/components/nginx/pin", FormFields.of("version", " "))
                        .expect(400)
                        .body())
                .contains("id=\"version-error\"");
    }

    @Test
    void onlyWhatOneMayDoIsShown() {
        browser().form("/components", "");
        addUser("watcher@example.com", "auditor");
        Client watcher = nobody.loggedIn("watcher@example.com", PASSWORD).with("Accept", "text/html");
        assertThat(watcher.get("/components").expect(200).body()).doesNotContain("Look at the host now");
        assertThat(watcher.get("/components/nginx").expect(200).body()).doesNotContain("Set the policy");
    }

    private Client browser() {
        return admin().with("Accept", "text/html");
    }

    private String page(String path) {
        return browser().get(path).expect(200).body();
    }

    private static ComponentInventory offering(String candidate) {
        return patterns -> Map.of(
                new ComponentName("nginx"), new Finding("Debian", Optional.of("1.24.0"), Optional.of(candidate)));
    }
}
