package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditHttpTest extends HttpTest {

    @Test
    void whatWasDoneIsThereAtOnceNewestFirst() {
        Client admin = admin();
        Answer added =
                admin.post("/api/v1/sites", "{\"hostName\": \"example.org\"}").expect(201);
        Answer events = admin.get("/api/v1/audit/events").expect(200);
        assertThat(actions(events)).containsExactly("site.add", "token.add", "user.add");
        assertThat(events.json().at("/items/0/target").asText()).isEqualTo("site:example.org");
        assertThat(events.json().at("/items/0/requestId").asText())
                .isEqualTo(added.header("x-request-id").orElseThrow());
        assertThat(actions(admin.get("/api/v1/audit/events?order=oldest").expect(200)))
                .containsExactly("user.add", "token.add", "site.add");
    }

    @Test
    void eventsAreFilteredByEverything() {
        Client admin = admin();
        record("file.upload", "file:a", AuditOutcome.SUCCESS);
        clock.advance(Duration.ofMinutes(5));
        record("file.delete", "file:a", AuditOutcome.FAILURE);
        String now = clock.instant().toString();
        assertThat(found(admin, "action=file.upload")).containsExactly("file.upload");
        assertThat(found(admin, "action=file.")).containsExactly("file.delete", "file.upload");
        assertThat(found(admin, "outcome=failure")).containsExactly("file.delete");
        assertThat(found(admin, "target=file:a&to=" + now)).containsExactly("file.upload");
        assertThat(found(admin, "from=" + now)).containsExactly("file.delete");
        assertThat(found(admin, "actor=test%25")).isEmpty();
        assertThat(found(admin, "actor=program:%C3%A4%F0%9F%8C%BB")).containsExactly("file.delete", "file.upload");
    }

    @Test
    void eventsAreFoundByWhereTheyCameFromAndWhatTheySay() {
        Client admin = admin();
        String request = admin.post("/api/v1/sites", "{\"hostName\": \"example.org\"}")
                .expect(201)
                .header("x-request-id")
                .orElseThrow();
        panel.audit().record(event("odd.details", "", AuditOutcome.SUCCESS, "{\"needle\": \"50% off\"}"));

        assertThat(found(admin, "requestId=" + request)).containsExactly("site.add");
        assertThat(found(admin, "address=127.0.0.1&action=site.")).containsExactly("site.add");
        assertThat(found(admin, "address=192.0.2.1")).isEmpty();
        assertThat(found(admin, "action=odd.details&text=50%25")).containsExactly("odd.details");
        assertThat(found(admin, "action=odd.details&text=NEEDLE")).isEmpty();
        admin.get("/api/v1/audit/events?text=needle").expectProblem(400, "invalid-value", "text");
    }

    @Test
    void eventsAreCounted() {
        record("file.upload", "file:a", AuditOutcome.SUCCESS);
        clock.advance(Duration.ofDays(1));
        record("file.upload", "file:a", AuditOutcome.FAILURE);
        record("file.delete", "file:a", AuditOutcome.SUCCESS);
        Client admin = admin();

        assertThat(counts(admin, "action=file.")).containsExactly("file.upload 2", "file.delete 1");
        assertThat(counts(admin, "action=file.&by=outcome")).containsExactly("success 2", "failure 1");
        assertThat(counts(admin, "action=file.&by=actor")).containsExactly("program:ä🌻 3");
        assertThat(counts(admin, "action=file.&by=day"))
                .containsExactly(
                        clock.instant().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS) + " 1",
                        clock.instant().truncatedTo(ChronoUnit.DAYS) + " 2");
        assertThat(counts(admin, "actor=nobody&by=hour")).isEmpty();
        admin.get("/api/v1/audit/summary?by=week").expectProblem(400, "invalid-value", "by");
    }

    @Test
    void pagesFollowEachOtherWhileEventsCome() {
        Client admin = admin();
        for (int i = 0; i < 7; i++) {
            record("step.s" + i, "", AuditOutcome.SUCCESS);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = admin.get("/api/v1/audit/events?action=step.&limit=3" + cursor)
                    .expect(200);
            seen.addAll(actions(page));
            cursor = page.json().path("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
            record("late.event", "", AuditOutcome.SUCCESS);
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("step.s6", "step.s5", "step.s4", "step.s3", "step.s2", "step.s1", "step.s0");
    }

    @Test
    void refusedFiltersAreNamed() {
        Client admin = admin();
        String path = "/api/v1/audit/events?";
        admin.get(path + "from=yesterday").expectProblem(400, "invalid-value", "from");
        admin.get(path + "outcome=maybe").expectProblem(400, "invalid-value", "outcome");
        admin.get(path + "order=random").expectProblem(400, "invalid-value", "order");
        admin.get(path + "actor=a%00b").expectProblem(400, "invalid-value", "actor");
        admin.get(path + "target=" + "x".repeat(513)).expectProblem(400, "invalid-value", "target");
    }

    @Test
    void detailsComeBackToTheLetter() {
        Client admin = admin();
        panel.audit()
                .record(event(
                        "odd.details", "", AuditOutcome.SUCCESS, "{\"b\":1.50,  \"a\": [ 1e2 ], \"u\":\"\\u00e4\"}"));
        assertThat(admin.get("/api/v1/audit/events?action=odd.details")
                        .expect(200)
                        .body())
                .contains("{\"b\":1.50,  \"a\": [ 1e2 ], \"u\":\"\\u00e4\"}");
    }

    private void record(String action, String target, AuditOutcome outcome) {
        panel.audit().record(event(action, target, outcome, "{}"));
    }

    private NewAuditEvent event(String action, String target, AuditOutcome outcome, String details) {
        return new NewAuditEvent(
                clock.instant(),
                "program:ä🌻",
                action,
                target,
                outcome,
                Optional.empty(),
                Optional.empty(),
                new JsonText(details));
    }

    private static List<String> found(Client client, String filter) {
        return actions(client.get("/api/v1/audit/events?" + filter).expect(200));
    }

    private static List<String> counts(Client client, String question) {
        List<String> counts = new ArrayList<>();
        client.get("/api/v1/audit/summary?" + question)
                .expect(200)
                .json()
                .path("items")
                .forEach(count -> counts.add(count.path("group").asText() + " "
                        + count.path("events").asLong()));
        return counts;
    }

    private static List<String> actions(Answer events) {
        List<String> actions = new ArrayList<>();
        events.json()
                .path("items")
                .forEach(event -> actions.add(event.path("action").asText()));
        return actions;
    }
}
