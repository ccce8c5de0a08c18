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

class ComponentsHttpTest extends HttpTest {

    private final AtomicReference<ComponentInventory> host = new AtomicReference<>(offering("1.26.0"));

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions().inventory(patterns -> host.get().look(patterns));
    }

    @Test
    void aRefreshFindsWhatTheHostHas() {
        Client admin = admin();
        assertThat(admin.get("/api/v1/components").expect(200).json().path("items"))
                .isEmpty();
        Answer all = refresh(admin).expect(200);
        assertThat(admin.get("/api/v1/components").expect(200).json()).isEqualTo(all.json());
        Answer nginx = admin.get("/api/v1/components/nginx").expect(200);
        assertThat(nginx.text("status")).isEqualTo("lagging");
        assertThat(nginx.text("installed")).isEqualTo("1.24.0");
        assertThat(nginx.text("candidate")).isEqualTo("1.26.0");
        assertThat(nginx.json().at("/history/items")).hasSize(1);
        assertThat(admin.get("/api/v1/components/openssl").expect(200).text("status"))
                .isEqualTo("unknown");
    }

    @Test
    void historyIsShownNewestFirstPageByPage() {
        Client admin = admin();
        refresh(admin);
        host.set(offering("1.28.0"));
        refresh(admin);
        Answer first = admin.get("/api/v1/components/nginx?limit=1").expect(200);
        assertThat(first.json().at("/history/items/0/candidate").asText()).isEqualTo("1.28.0");
        String cursor = first.json().at("/history/nextCursor").asText();
        Answer second =
                admin.get("/api/v1/components/nginx?limit=1&cursor=" + cursor).expect(200);
        assertThat(second.json().at("/history/items/0/candidate").asText()).isEqualTo("1.26.0");
        assertThat(second.json().at("/history/nextCursor").isNull()).isTrue();
    }

    @Test
    void aComponentIsHeldAndLetGo() {
        Client admin = admin();
        refresh(admin);
        Answer pinned = admin.put(
                        "/api/v1/components/nginx/pin",
                        "{\"version\": \"1.24.0\", \"reason\": \"module\", \"expiresAt\": \"2026-12-31T00:00:00+01:00\"}")
                .expect(200);
        assertThat(pinned.json().at("/pin/expiresAt").asText()).isEqualTo("2026-12-30T23:00:00Z");
        assertThat(pinned.text("status")).isEqualTo("up-to-date");
        admin.delete("/api/v1/components/nginx/pin").expect(204);
        assertThat(admin.get("/api/v1/components/nginx").json().path("pin").isNull())
                .isTrue();
        admin.put("/api/v1/components/nginx/pin", "{\"version\": \"1\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}")
                .expectProblem(400, "invalid-value", "expiresAt");
        admin.put("/api/v1/components/nginx/pin", "{\"version\": \"1\", \"expiresAt\": \"tomorrow\"}")
                .expectProblem(400, "invalid-value", "expiresAt");
    }

    @Test
    void aPolicyIsOneOfThree() {
        Client admin = admin();
        refresh(admin);
        assertThat(admin.put("/api/v1/components/nginx/policy", "{\"policy\": \"hold\"}")
                        .expect(200)
                        .text("policy"))
                .isEqualTo("hold");
        Answer refused = admin.put("/api/v1/components/nginx/policy", "{\"policy\": \"pray\"}")
                .expectProblem(400, "invalid-value", "policy");
        assertThat(refused.text("detail")).contains("automatic", "notify", "hold");
    }

    @Test
    void whatIsNoComponentIsNotFound() {
        Client admin = admin();
        admin.get("/api/v1/components/nginx").expectProblem(404, "not-found");
        admin.get("/api/v1/components/No_Such").expectProblem(404, "not-found");
        admin.put("/api/v1/components/nginx/policy", "{\"policy\": \"hold\"}").expectProblem(404, "not-found");
        admin.delete("/api/v1/components/nginx/pin").expectProblem(404, "not-found");
    }

    @Test
    void aHostThatCannotTellIsNotThePanelsFailure() {
        Client admin = admin();
        host.set(patterns -> {
            throw new ComponentInventory.InventoryFailed("dpkg-query: /secret/path is damaged", null);
        });
        Answer failed = refresh(admin).expectProblem(502, "inventory-failed");
        assertThat(failed.body()).doesNotContain("/secret/path");
    }

    private static Answer refresh(Client client) {
        return client.send("POST", "/api/v1/components/refresh", Optional.empty());
    }

    private static ComponentInventory offering(String candidate) {
        return patterns -> Map.of(
                new ComponentName("nginx"), new Finding("Debian", Optional.of("1.24.0"), Optional.of(candidate)));
    }
}
