package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.jobs.HandlerOptions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What operators do to jobs. */
class JobActionsHttpTest extends HttpTest {

    @Test
    void aPendingJobIsCancelledAndTriedAgain() {
        Client admin = admin();
        String id = enqueued(admin, "{\"type\": \"a\"}");

        assertThat(admin.post("/api/v1/jobs/" + id + "/cancel", "").expect(200).text("state"))
                .isEqualTo("cancelled");
        admin.post("/api/v1/jobs/" + id + "/cancel", "").expectProblem(409, "wrong-state");
        assertThat(admin.post("/api/v1/jobs/" + id + "/retry", "").expect(200).text("state"))
                .isEqualTo("pending");
        admin.post("/api/v1/jobs/" + id + "/retry", "").expectProblem(409, "wrong-state");
        assertThat(actions()).containsSubsequence("job.cancel", "job.retry");
    }

    @Test
    void whatIsNoJobIsNotFound() {
        Client admin = admin();
        admin.post("/api/v1/jobs/4711/cancel", "").expectProblem(404, "not-found");
        admin.post("/api/v1/jobs/one/retry", "").expectProblem(404, "not-found");
    }

    @Test
    void aRunningJobIsToldAndItsHandlerStops() {
        Client admin = admin();
        CountDownLatch begun = new CountDownLatch(1);
        panel.jobs().handle("endless", job -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        String id = enqueued(admin, "{\"type\": \"endless\"}");
        await().until(() -> begun.getCount() == 0);

        Answer told = admin.post("/api/v1/jobs/" + id + "/cancel", "").expect(200);

        assertThat(told.json().path("cancelRequested").asBoolean()).isTrue();
        await().untilAsserted(() -> assertThat(
                        admin.get("/api/v1/jobs/" + id).expect(200).text("state"))
                .isEqualTo("cancelled"));
    }

    @Test
    void aDeadLetterTellsHowEachAttemptFailedAndWhatItWrote() {
        Client admin = admin();
        panel.jobs().handle("broken", HandlerOptions.DEFAULT.retry(RetryPolicy.NEVER), job -> {
            job.log("about to fail");
            job.progress(40, "half way");
            throw new IllegalStateException("no luck");
        });
        String id = enqueued(admin, "{\"type\": \"broken\"}");

        await().untilAsserted(() -> assertThat(
                        admin.get("/api/v1/jobs/" + id).expect(200).text("state"))
                .isEqualTo("dead-letter"));
        Answer shown = admin.get("/api/v1/jobs/" + id).expect(200);
        assertThat(shown.json().path("failures")).hasSize(1);
        assertThat(shown.json().at("/failures/0/attempt").asInt()).isEqualTo(1);
        assertThat(shown.json().at("/failures/0/errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(shown.json().at("/failures/0/message").asText()).isEqualTo("no luck");
        assertThat(shown.json().at("/failures/0/trace").asText()).contains("JobActionsHttpTest");
        assertThat(shown.json().at("/failures/0/worker").asText()).isNotEmpty();
        assertThat(shown.json().at("/log/0/text").asText()).isEqualTo("about to fail");
        assertThat(shown.json().path("logDropped").asInt()).isZero();
        assertThat(shown.json().at("/progress/percent").asInt()).isEqualTo(40);
        assertThat(shown.json().at("/progress/text").asText()).isEqualTo("half way");
        assertThat(shown.json().path("hasHandler").asBoolean()).isTrue();
    }

    @Test
    void aTypeThatNobodyHandlesIsShownAsSuchAndStaysPending() {
        Client admin = admin();
        String id = enqueued(admin, "{\"type\": \"nobodys\"}");
        Answer shown = admin.get("/api/v1/jobs/" + id).expect(200);
        assertThat(shown.text("state")).isEqualTo("pending");
        assertThat(shown.json().path("hasHandler").asBoolean()).isFalse();
    }

    @Test
    void allThatMatchAreCancelledAndTriedAgain() {
        Client admin = admin();
        for (String job : new String[] {"\"a\"", "\"a\", \"queue\": \"q\"", "\"b\", \"uniqueKey\": \"k\""}) {
            enqueued(admin, "{\"type\": " + job + "}");
        }
        bulk(admin, "cancel", "{\"type\": \"a\", \"queue\": \"q\"}", 1, 0);
        bulk(admin, "cancel", "{\"key\": \"k\"}", 1, 0);
        enqueued(admin, "{\"type\": \"b\", \"uniqueKey\": \"k\"}");
        bulk(admin, "retry", "{\"state\": \"cancelled\"}", 1, 1);
        bulk(admin, "retry", "{\"all\": true}", 0, 0);
        bulk(admin, "cancel", "{\"all\": true}", 3, 0);
        bulk(admin, "cancel", "{\"state\": \"completed\"}", 0, 0);
    }

    @Test
    void aSlipIsNotEnoughToMeanEveryJob() {
        Client admin = admin();
        enqueued(admin, "{\"type\": \"a\"}");
        for (String slip : new String[] {"{}", "{\"all\": false}"}) {
            admin.post("/api/v1/jobs/cancel", slip).expectProblem(400, "invalid-value", "all");
        }
        admin.post("/api/v1/jobs/cancel", "{\"queue\": null}").expectProblem(400, "invalid-value", "queue");
        admin.post("/api/v1/jobs/cancel", "{\"typ\": \"a\"}").expectProblem(400, "invalid-value", "typ");
        admin.post("/api/v1/jobs/cancel", "{\"state\": \"sleeping\"}").expectProblem(400, "invalid-value", "state");
        admin.post("/api/v1/jobs/cancel", "{\"type\": \"a\", \"all\": true}")
                .expectProblem(400, "invalid-value", "all");
        assertThat(admin.get("/api/v1/jobs?state=pending&type=a")
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void aKeyThatAnotherJobHasNowIsToldInOnesWayToo() {
        Client admin = admin();
        String first = enqueued(admin, "{\"type\": \"b\", \"uniqueKey\": \"k\"}");
        admin.post("/api/v1/jobs/" + first + "/cancel", "").expect(200);
        enqueued(admin, "{\"type\": \"b\", \"uniqueKey\": \"k\"}");
        Answer refused = admin.post("/api/v1/jobs/" + first + "/retry", "").expectProblem(409, "wrong-state");
        assertThat(refused.text("detail")).contains("unique key");
    }

    private static String enqueued(Client client, String job) {
        return client.post("/api/v1/jobs", job).expect(201).text("id");
    }

    private static void bulk(Client client, String action, String body, int changed, int skipped) {
        Answer answer = client.post("/api/v1/jobs/" + action, body).expect(200);
        assertThat(answer.json().path("changed").asInt()).as(body).isEqualTo(changed);
        assertThat(answer.json().path("skipped").asInt()).as(body).isEqualTo(skipped);
    }
}
