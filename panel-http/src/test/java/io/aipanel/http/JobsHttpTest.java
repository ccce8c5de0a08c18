package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobsHttpTest extends HttpTest {

    @Test
    void aJobIsEnqueuedAndShown() {
        Client admin = admin();
        Answer added = admin.post(
                        "/api/v1/jobs",
                        "{\"type\": \"mail\", \"queue\": \"slow\", \"payload\": {\"b\": 1.50, \"a\": [1e2,  null]},"
                                + " \"priority\": 5, \"runAt\": \"2026-03-01T14:00:00+01:00\", \"uniqueKey\": \"k\"}")
                .expect(201);
        assertThat(added.text("state")).isEqualTo("pending");
        assertThat(added.json().path("isNew").asBoolean()).isTrue();
        assertThat(added.json().path("id").isIntegralNumber()).isTrue();
        Answer shown = admin.get(added.header("location").orElseThrow()).expect(200);
        assertThat(shown.text("type")).isEqualTo("mail");
        assertThat(shown.text("queue")).isEqualTo("slow");
        assertThat(Instant.parse(shown.text("runAt"))).isEqualTo("2026-03-01T13:00:00Z");
        assertThat(shown.body()).contains("\"payload\":{\"b\": 1.50, \"a\": [1e2,  null]}");
    }

    @Test
    void onlyTheTypeMustBeGiven() {
        Client admin = admin();
        Answer added = admin.post("/api/v1/jobs", "{\"type\": \"mail\"}").expect(201);
        Answer shown = admin.get("/api/v1/jobs/" + added.text("id")).expect(200);
        assertThat(shown.text("queue")).isEqualTo("default");
        assertThat(shown.json().path("payload").isEmpty()).isTrue();
        admin.post("/api/v1/jobs", "{}").expectProblem(400, "invalid-value", "type");
    }

    @Test
    void anyJsonIsAPayload() {
        Client admin = admin();
        for (String payload : List.of(
                "null", "true", "-1.0e-5", "\"tëxt \\n \\\" 🌻\"", "[]", "[[ ]]", "123456789012345678901234567890")) {
            Answer added = admin.post("/api/v1/jobs", "{\"payload\" : " + payload + " , \"type\": \"any\"}")
                    .expect(201);
            assertThat(admin.get("/api/v1/jobs/" + added.text("id")).expect(200).body())
                    .contains("\"payload\":" + payload + ",");
        }
    }

    @Test
    void aUniqueKeyGivesTheJobThatHasIt() {
        Client admin = admin();
        Answer first = admin.post("/api/v1/jobs", "{\"type\": \"mail\", \"uniqueKey\": \"k\"}")
                .expect(201);
        Answer second = admin.post("/api/v1/jobs", "{\"type\": \"mail\", \"uniqueKey\": \"k\"}")
                .expect(200);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.json().path("isNew").asBoolean()).isFalse();
        assertThat(second.text("state")).isEqualTo("pending");
    }

    @Test
    void whoMayNotSeeJobsIsNotToldTheirState() {
        Client admin = admin();
        admin.post("/api/v1/roles", "{\"name\": \"deployer\", \"permissions\": [\"jobs:write\"]}")
                .expect(201);
        addUser("deployer@example.com", "deployer");
        Client deployer = nobody.loggedIn("deployer@example.com", PASSWORD);
        deployer.post("/api/v1/jobs", "{\"type\": \"mail\", \"uniqueKey\": \"k\"}")
                .expect(201);
        Answer again = deployer.post("/api/v1/jobs", "{\"type\": \"mail\", \"uniqueKey\": \"k\"}")
                .expect(200);
        assertThat(again.json().path("state").isNull()).isTrue();
        deployer.get("/api/v1/jobs").expectProblem(403, "permission-denied");
    }

    @Test
    void severalJobsAreEnqueuedAllOrNone() {
        Client admin = admin();
        Answer added = admin.post("/api/v1/jobs", "{\"jobs\": [{\"type\": \"a\"}, {\"type\": \"b\"}]}")
                .expect(201);
        assertThat(added.json().path("jobs"))
                .extracting(job -> job.path("type").asText())
                .containsExactly("a", "b");
        admin.post("/api/v1/jobs", "{\"jobs\": [{\"type\": \"c\"}, {\"type\": \"no type\"}]}")
                .expectProblem(400, "invalid-value", "jobs[1].type");
        admin.post("/api/v1/jobs", "{\"jobs\": [{\"type\": \"c\"}, {\"type\": \"d\", \"priority\": 1001}]}")
                .expectProblem(400, "invalid-value", "jobs[1].priority");
        admin.post("/api/v1/jobs", "{\"jobs\": [{\"type\": \"c\"}, {\"type\": \"d\", \"when\": 1}]}")
                .expectProblem(400, "invalid-value", "jobs[1].when");
        admin.post("/api/v1/jobs", "{\"jobs\": [], \"type\": \"c\"}").expectProblem(400, "invalid-value", "type");
        admin.post("/api/v1/jobs", "{\"jobs\": []}").expect(201);
        assertThat(types(admin.get("/api/v1/jobs").expect(200))).containsExactly("b", "a");
    }

    @Test
    void aPayloadOfOneMebibyteFits() {
        Client admin = admin();
        String largest = "\"" + "x".repeat(Text.DOCUMENT_BYTES - 2) + "\"";
        admin.post("/api/v1/jobs", "{\"type\": \"big\", \"payload\": " + largest + "}")
                .expect(201);
        admin.post("/api/v1/jobs", "{\"type\": \"big\", \"payload\": " + largest.replaceFirst("x", "xx") + "}")
                .expectProblem(400, "invalid-value", "payload");
    }

    @Test
    void jobsAreFilteredAndListedNewestFirst() {
        Client admin = admin();
        for (String job : List.of("\"a\", \"queue\": \"q\"", "\"b\"", "\"a\"")) {
            admin.post("/api/v1/jobs", "{\"type\": " + job + "}").expect(201);
        }
        assertThat(types(admin.get("/api/v1/jobs?type=a").expect(200))).containsExactly("a", "a");
        assertThat(types(admin.get("/api/v1/jobs?queue=q").expect(200))).containsExactly("a");
        assertThat(types(admin.get("/api/v1/jobs?state=completed").expect(200))).isEmpty();
        admin.post("/api/v1/jobs", "{\"type\": \"keyed\", \"uniqueKey\": \"k 1\"}")
                .expect(201);
        assertThat(types(admin.get("/api/v1/jobs?key=k%201").expect(200))).containsExactly("keyed");
        assertThat(types(admin.get("/api/v1/jobs?key=k").expect(200))).isEmpty();
        Answer first = admin.get("/api/v1/jobs?limit=3").expect(200);
        assertThat(types(first)).containsExactly("keyed", "a", "b");
        assertThat(types(admin.get("/api/v1/jobs?cursor=" + first.text("nextCursor"))
                        .expect(200)))
                .containsExactly("a");
        admin.get("/api/v1/jobs?state=sleeping").expectProblem(400, "invalid-value", "state");
        admin.get("/api/v1/jobs?queue=no%20queue").expectProblem(400, "invalid-value", "queue");
    }

    @Test
    void aJobKeepsEverythingThatItsEnqueuerWants() {
        Client admin = admin();
        Answer added = admin.post(
                        "/api/v1/jobs",
                        "{\"type\": \"mail\", \"delay\": \"PT15M\", \"uniqueKey\": \"k\", \"uniqueFor\": \"P1D\","
                                + " \"concurrencyKey\": \"c\", \"maxAttempts\": 7, \"firstDelay\": \"PT2H\"}")
                .expect(201);
        assertThat(added.text("delay")).isEqualTo("PT15M");
        assertThat(added.text("uniqueFor")).isEqualTo("PT24H");
        Answer shown = admin.get("/api/v1/jobs/" + added.text("id")).expect(200);
        assertThat(Instant.parse(shown.text("runAt")))
                .isEqualTo(Instant.parse(shown.text("createdAt")).plus(Duration.ofMinutes(15)));
        assertThat(shown.text("concurrencyKey")).isEqualTo("c");
        assertThat(shown.json().path("maxAttempts").asInt()).isEqualTo(7);
        assertThat(shown.text("firstDelay")).isEqualTo("PT2H");
        assertThat(shown.text("maxDelay")).isEqualTo("PT2H");
    }

    @Test
    void withoutARetryPolicyTheHandlerDecides() {
        Client admin = admin();
        Answer added = admin.post("/api/v1/jobs", "{\"type\": \"mail\"}").expect(201);
        assertThat(admin.get("/api/v1/jobs/" + added.text("id"))
                        .expect(200)
                        .json()
                        .path("maxAttempts")
                        .isNull())
                .isTrue();
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithItsField() {
        Client admin = admin();
        for (String wrong : List.of(
                "delay: \"PT-1S\"",
                "delay: \"P366D\"",
                "delay: \"soon\"",
                "delay: \"PT1S\", \"runAt\": \"2026-03-01T14:00:00Z\"",
                "priority: 1001",
                "priority: -9223372036854775808",
                "uniqueFor: \"PT1S\"",
                "concurrencyKey: \"\"",
                "maxAttempts: 0",
                "maxAttempts: 9223372036854775807",
                "firstDelay: \"PT25H\"",
                "maxDelay: \"PT1S\"",
                "payload: {broken}")) {
            String field = wrong.substring(0, wrong.indexOf(':'));
            String body = "{\"type\": \"mail\", \"" + field + "\"" + wrong.substring(field.length()) + "}";
            admin.post("/api/v1/jobs", body)
                    .expectProblem(400, "invalid-value", field.equals("payload") ? "body" : field);
        }
        assertThat(types(admin.get("/api/v1/jobs").expect(200))).isEmpty();
    }

    @Test
    void whatIsNoJobIsNotFound() {
        Client admin = admin();
        admin.get("/api/v1/jobs/4711").expectProblem(404, "not-found");
        admin.get("/api/v1/jobs/0").expectProblem(404, "not-found");
        admin.get("/api/v1/jobs/9223372036854775808").expectProblem(404, "not-found");
        admin.get("/api/v1/jobs/one").expectProblem(404, "not-found");
    }

    private static List<String> types(Answer jobs) {
        List<String> types = new ArrayList<>();
        jobs.json().path("items").forEach(job -> types.add(job.path("type").asText()));
        return types;
    }
}
