package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.service.PanelOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is seen from outside while another process keeps the audit log locked. */
class AuditOutageHttpTest extends HttpTest {

    private static final long MOST_WAITING = 3;

    @Override
    PanelOptions panelOptions() {
        return PanelOptions.of(new StorageOptions(
                "sqlite:" + directory.resolve("data"),
                Optional.empty(),
                Duration.ofSeconds(3),
                MOST_WAITING,
                false,
                Map.of(),
                clock));
    }

    @Test
    void changesGoOnUntilTooManyEventsWaitAndTheHealthSaysWhy() throws SQLException {
        Client admin = admin();
        List<String> before = actions();
        List<String> added = new ArrayList<>();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/audit.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            added.add(addSite(admin, 0).expect(201).text("hostName"));

            Answer ready = nobody.get("/health/ready").expect(200);
            assertThat(ready.text("status")).isEqualTo("ready");
            JsonNode audit = check(ready, "audit");
            assertThat(audit.path("status").asText()).isEqualTo("failing");
            assertThat(audit.path("required").asBoolean()).isFalse();
            assertThat(audit.path("reason").asText()).contains("kept busy by another process");
            assertThat(check(ready, "panel").path("reason").isNull()).isTrue();
            assertThat(ready.body()).doesNotContain(directory.toString()).doesNotContain("audit.db");

            for (int i = 1; i < MOST_WAITING; i++) {
                added.add(addSite(admin, i).expect(201).text("hostName"));
            }
            Answer refused = addSite(admin, 99).expectProblem(503, "outbox-full");
            assertThat(refused.text("detail")).contains("Nothing was changed", "/health/ready");
            assertThat(refused.header("retry-after")).contains("5");
            Answer unready = nobody.get("/health/ready").expect(503);
            assertThat(check(unready, "outbox").path("reason").asText()).contains("changes are refused");
            assertThat(admin.get("/api/v1/sites").expect(200).json().path("items"))
                    .as("reading goes on")
                    .hasSize(added.size());
            statement.execute("ROLLBACK");
        }

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> actions().size() == before.size() + added.size());
        assertThat(events().subList(before.size(), before.size() + added.size()))
                .extracting(event -> event.event().target())
                .containsExactlyElementsOf(
                        added.stream().map(name -> "site:" + name).toList());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                check(nobody.get("/health/ready").expect(200), "audit")
                                        .path("status")
                                        .asText())
                        .isEqualTo("ok"));
    }

    private static Answer addSite(Client admin, int number) {
        return admin.post("/api/v1/sites", "{\"hostName\": \"site" + number + ".example.com\"}");
    }

    private static JsonNode check(Answer health, String name) {
        for (JsonNode check : health.json().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(health.body());
    }
}
