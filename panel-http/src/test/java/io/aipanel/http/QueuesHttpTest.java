package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class QueuesHttpTest extends HttpTest {

    @Test
    void queuesTellHowManyJobsTheyHoldAndWhoWorksThemOff() {
        Client admin = admin();
        admin.post("/api/v1/jobs", "{\"jobs\": [{\"type\": \"a\"}, {\"type\": \"b\", \"queue\": \"q\"}]}")
                .expect(201);
        panel.jobs().handle("b", "q", job -> {});
        await().untilAsserted(() ->
                assertThat(queue(admin, "q").path("completed").asInt()).isEqualTo(1));
        JsonNode worked = queue(admin, "q");
        assertThat(worked.at("/workers/0/types/0").asText()).isEqualTo("b");
        assertThat(worked.path("typesWithoutHandler").isEmpty()).isTrue();
        assertThat(worked.path("paused").asBoolean()).isFalse();
        JsonNode waiting = queue(admin, "default");
        assertThat(waiting.path("pending").asInt()).isEqualTo(1);
        assertThat(waiting.at("/typesWithoutHandler/0/type").asText()).isEqualTo("a");
        assertThat(waiting.at("/typesWithoutHandler/0/pending").asInt()).isEqualTo(1);
    }

    @Test
    void aPausedQueueIsShownAndItsJobsWait() {
        Client admin = admin();
        Answer paused = admin.post("/api/v1/queues/q/pause", "").expect(200);
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(paused.json().path("changed").asBoolean()).isTrue();
        assertThat(admin.post("/api/v1/queues/q/pause", "")
                        .expect(200)
                        .json()
                        .path("changed")
                        .asBoolean())
                .isFalse();
        panel.jobs().handle("b", "q", job -> {});
        admin.post("/api/v1/jobs", "{\"type\": \"b\", \"queue\": \"q\"}").expect(201);
        assertThat(queue(admin, "q").path("paused").asBoolean()).isTrue();
        assertThat(queue(admin, "q").path("pending").asInt()).isEqualTo(1);

        assertThat(admin.post("/api/v1/queues/q/resume", "")
                        .expect(200)
                        .json()
                        .path("paused")
                        .asBoolean())
                .isFalse();
        await().untilAsserted(() ->
                assertThat(queue(admin, "q").path("completed").asInt()).isEqualTo(1));
        assertThat(actions()).containsSubsequence("queue.pause", "queue.resume").containsOnlyOnce("queue.pause");
    }

    @Test
    void limitsAreSetAsAWhole() {
        Client admin = admin();
        Answer set = admin.put(
                        "/api/v1/queues/q",
                        "{\"maxRunning\": 4, \"maxRunningPerKey\": 2, \"rate\": {\"starts\": 10, \"period\": \"PT1M\"}}")
                .expect(200);
        assertThat(set.json().path("changed").asBoolean()).isTrue();
        JsonNode limits = queue(admin, "q").path("limits");
        assertThat(limits).isEqualTo(set.json().path("limits"));
        assertThat(limits.path("maxRunning").asInt()).isEqualTo(4);
        assertThat(limits.path("maxRunningPerKey").asInt()).isEqualTo(2);
        assertThat(limits.at("/rate/starts").asInt()).isEqualTo(10);
        assertThat(limits.at("/rate/period").asText()).isEqualTo("PT1M");

        admin.put("/api/v1/queues/q", "{\"maxRunning\": null}").expect(200);
        assertThat(actions()).contains("queue.limit");
        admin.get("/api/v1/queues").expect(200).json().path("items").forEach(item -> {
            if (item.path("name").asText().equals("q")) {
                assertThat(item.at("/limits/maxRunning").isNull()).isTrue();
                assertThat(item.at("/limits/maxRunningPerKey").asInt()).isEqualTo(1);
                assertThat(item.at("/limits/rate").isNull()).isTrue();
            }
        });
    }

    @Test
    void limitsOutOfRangeAreRefusedWithTheirField() {
        Client admin = admin();
        refused(admin, "{\"maxRunning\": 0}", "maxRunning");
        refused(admin, "{\"maxRunning\": 4294967297}", "maxRunning");
        refused(admin, "{\"maxRunningPerKey\": 100001}", "maxRunningPerKey");
        refused(admin, "{\"maxRunningPerKey\": null}", "maxRunningPerKey");
        refused(admin, "{\"rate\": {\"starts\": 0, \"period\": \"PT1M\"}}", "rate.starts");
        refused(admin, "{\"rate\": {\"starts\": 1, \"period\": \"PT0.5S\"}}", "rate.period");
        refused(admin, "{\"rate\": {\"starts\": 1, \"period\": \"a minute\"}}", "rate.period");
        refused(admin, "{\"rate\": {\"starts\": 1}}", "rate.period");
        refused(admin, "{\"rate\": 5}", "rate");
    }

    private static void refused(Client admin, String body, String field) {
        admin.put("/api/v1/queues/q", body).expectProblem(400, "invalid-value", field);
    }

    private static JsonNode queue(Client client, String name) {
        for (JsonNode item : client.get("/api/v1/queues").expect(200).json().path("items")) {
            if (item.path("name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError("there is no queue " + name);
    }
}
