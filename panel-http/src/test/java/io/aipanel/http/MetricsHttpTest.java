package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricsHttpTest extends HttpTest {

    @Test
    void whoeverIsOnTheMachineItselfGetsTheTextForPrometheus() {
        panel.jobs().handle("a-b", job -> {});
        panel.jobs().enqueue(NewJob.of("a-b"));
        await().untilAsserted(() -> {
            Answer metrics = nobody.get("/metrics").expect(200);
            assertThat(metrics.header("content-type").orElseThrow())
                    .startsWith("text/plain")
                    .contains("version=0.0.4");
            assertThat(metrics.body())
                    .contains("panel_jobs_completed_total{queue=\"default\",type=\"a-b\"} 1.0")
                    .contains("panel_jobs{queue=\"default\",state=\"completed\"} 1.0");
        });
    }

    @Test
    void requestsAreTimedByRouteAndStatus() {
        nobody.get("/api/v1/jobs/7").expect(401);
        nobody.get("/made/up").expect(404);
        String metrics = nobody.get("/metrics").expect(200).body();
        assertThat(metrics)
                .contains(
                        "panel_http_requests_seconds_count{method=\"GET\",route=\"/api/v1/jobs/{id}\",status=\"401\"} 1")
                .doesNotContain("made/up");
    }

    @Test
    void aProxyThatNobodyTrustsSpeaksForOthers() {
        nobody.with("X-Forwarded-For", "203.0.113.9").get("/metrics").expectProblem(401, "not-signed-in");
        nobody.with("X-Forwarded-For", "127.0.0.1").get("/metrics").expectProblem(401, "not-signed-in");
    }

    @Test
    void fromElsewhereATokenWithThePermissionIsNeeded() {
        addUser("auditor@example.com", "auditor");
        addUser("user@example.com", "user");
        elsewhere(token("auditor@example.com")).get("/metrics").expect(200);
        elsewhere(token("user@example.com")).get("/metrics").expectProblem(403, "permission-denied");
    }

    @Test
    void aPanelThatMeasuresItselfInAnotherWayHasNone() {
        try (Panel other = Panel.open(
                        PanelOptions.of("sqlite:" + directory.resolve("other")).meters(new SimpleMeterRegistry()));
                PanelServer otherServer = PanelServer.start(other, httpOptions())) {
            Client.of(otherServer.baseUrl()).get("/metrics").expectProblem(404, "no-metrics");
        }
    }

    private Client token(String email) {
        Answer token = nobody.loggedIn(email, PASSWORD)
                .post("/api/v1/tokens", "{\"name\": \"monitor\"}")
                .expect(201);
        return nobody.bearer(token.text("secret"));
    }

    private static Client elsewhere(Client client) {
        return client.with("X-Forwarded-For", "203.0.113.9");
    }
}
