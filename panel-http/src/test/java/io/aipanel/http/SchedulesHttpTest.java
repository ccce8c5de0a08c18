package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulesHttpTest extends HttpTest {

    private static final String NIGHTLY = "\"cron\": \"30 3 * * *\", \"zone\": \"Europe/Berlin\","
            + " \"job\": {\"type\": \"backup\", \"queue\": \"slow\", \"payload\": {\"a\": 1.0}, \"uniqueKey\": \"n\","
            + " \"maxAttempts\": 3}";

    @Test
    void aScheduleIsAddedShownReplacedAndRemoved() {
        Client admin = admin();
        Answer added = admin.post("/api/v1/schedules", "{\"name\": \"nightly\", " + NIGHTLY + "}")
                .expect(201);
        assertThat(added.header("location")).contains("/api/v1/schedules/nightly");
        Answer shown = admin.get("/api/v1/schedules/nightly").expect(200);
        assertThat(shown.body()).isEqualTo(added.body());
        assertThat(shown.text("zone")).isEqualTo("Europe/Berlin");
        assertThat(shown.json().at("/job/type").asText()).isEqualTo("backup");
        assertThat(shown.json().at("/job/maxAttempts").asInt()).isEqualTo(3);
        assertThat(shown.body()).contains("\"payload\":{\"a\": 1.0}");
        assertThat(Instant.parse(shown.text("nextRunAt"))).isAfter(clock.instant());
        assertThat(shown.json().path("lastRunAt").isNull()).isTrue();

        Answer replaced = admin.put(
                        "/api/v1/schedules/nightly", "{\"cron\": \"@hourly\", \"job\": {\"type\": \"sweep\"}}")
                .expect(200);
        assertThat(replaced.text("zone")).isEqualTo("UTC");
        assertThat(replaced.json().at("/job/queue").asText()).isEqualTo("default");

        admin.delete("/api/v1/schedules/nightly").expect(204);
        admin.delete("/api/v1/schedules/nightly").expectProblem(404, "not-found");
        admin.get("/api/v1/schedules/nightly").expectProblem(404, "not-found");
        assertThat(actions()).containsSubsequence("schedule.add", "schedule.put", "schedule.remove");
    }

    @Test
    void aNameThatIsTakenIsRefusedAndNothingIsReplaced() {
        Client admin = admin();
        admin.post("/api/v1/schedules", "{\"name\": \"nightly\", " + NIGHTLY + "}")
                .expect(201);
        admin.post("/api/v1/schedules", "{\"name\": \"nightly\", \"cron\": \"@daily\", \"job\": {\"type\": \"other\"}}")
                .expectProblem(409, "already-exists", "name");
        assertThat(admin.get("/api/v1/schedules/nightly").text("cron")).isEqualTo("30 3 * * *");
    }

    @Test
    void schedulesAreListedByNameThePanelsOwnAmongThem() {
        Client admin = admin();
        admin.post("/api/v1/schedules", "{\"name\": \"a\", " + NIGHTLY + "}").expect(201);
        admin.post("/api/v1/schedules", "{\"name\": \"z\", " + NIGHTLY + "}").expect(201);
        List<String> names = new ArrayList<>();
        admin.get("/api/v1/schedules")
                .expect(200)
                .json()
                .path("items")
                .forEach(schedule -> names.add(schedule.path("name").asText()));
        assertThat(names).isSorted().startsWith("a").endsWith("z").contains("jobs.prune");
        Answer first = admin.get("/api/v1/schedules?limit=1").expect(200);
        assertThat(first.json().at("/items/0/name").asText()).isEqualTo("a");
        assertThat(admin.get("/api/v1/schedules?limit=1&cursor=" + first.text("nextCursor"))
                        .expect(200)
                        .json()
                        .at("/items/0/name")
                        .asText())
                .isEqualTo(names.get(1));
    }

    @Test
    void whatMakesNoScheduleIsRefusedWithItsField() {
        Client admin = admin();
        refused(admin, "\"cron\": \"every day\", \"job\": {\"type\": \"x\"}", "cron");
        refused(admin, "\"cron\": \"0 0 30 2 *\", \"job\": {\"type\": \"x\"}", "cron");
        refused(admin, "\"cron\": \"@daily\", \"zone\": \"Mars/Base\", \"job\": {\"type\": \"x\"}", "zone");
        refused(admin, "\"cron\": \"@daily\"", "job");
        refused(admin, "\"cron\": \"@daily\", \"job\": {}", "job.type");
        refused(admin, "\"cron\": \"@daily\", \"job\": {\"type\": \"x\", \"priority\": 1001}", "job.priority");
        refused(admin, "\"cron\": \"@daily\", \"job\": {\"type\": \"x\", \"delay\": \"PT1S\"}", "job.delay");
        refused(admin, "\"cron\": \"@daily\", \"job\": {\"type\": \"x\", \"uniqueFor\": \"PT1S\"}", "job.uniqueFor");
        admin.post("/api/v1/schedules", "{\"name\": \"no name\", " + NIGHTLY + "}")
                .expectProblem(400, "invalid-value", "name");
    }

    private static void refused(Client admin, String body, String field) {
        admin.post("/api/v1/schedules", "{\"name\": \"bad\", " + body + "}").expectProblem(400, "invalid-value", field);
    }
}
