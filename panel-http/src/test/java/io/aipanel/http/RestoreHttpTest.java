package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.BackupOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A backup is restored by the server that goes on afterwards. */
class RestoreHttpTest extends HttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger opened = new AtomicInteger();
    /** Happens when the panel is open again, and is not served yet. */
    private final AtomicReference<Runnable> onReopening = new AtomicReference<>(() -> {});

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    PanelServer serve() {
        return PanelServer.open(panelOptions(), this::opened, httpOptions(), further(), PATIENCE);
    }

    private void opened(Panel now) {
        if (opened.getAndIncrement() > 0) {
            now.jobs().handle("count", job -> {});
            onReopening.get().run();
        }
    }

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions().backup(BackupOptions.in(directory.resolve("backups")));
    }

    @Override
    List<Route> further() {
        return List.of(Route.at(Method.GET, "/test/slow", "test.slow", Rule.PUBLIC)
                .answers(200)
                .handledBy(call -> {
                    hold();
                    return Reply.ok(Map.of("setupNeeded", server.panel().setup().isNeeded()));
                }));
    }

    @Test
    void everythingIsAsInTheBackupAndTheServerGoesOn() {
        Client admin = signedInAdmin();
        Client program = nobody.bearer(admin.post("/api/v1/tokens", "{\"name\": \"before\"}")
                .expect(201)
                .text("secret"));
        String kept = addSite(admin, "kept.example.com");
        admin.post("/api/v1/jobs", "{\"type\": \"count\"}").expect(201);
        String id = backup(admin);
        String later = addSite(admin, "later.example.com");
        admin.post("/api/v1/jobs", "{\"type\": \"other\", \"queue\": \"later\"}")
                .expect(201);
        assertThat(nobody.get("/metrics").body()).contains("panel_jobs{queue=\"later\"");

        Answer answer = admin.post("/api/v1/backups/" + id + "/restore", "{}").expect(200);
        JsonNode restored = answer.json();
        assertThat(restored.path("name").asText()).isEqualTo(id);
        assertThat(restored.path("unreadable").isNull()).isTrue();
        assertThat(restored.path("auditLogKept").asBoolean()).isTrue();
        assertThat(restored.path("auditOrigin").isNull()).isTrue();
        assertThat(restored.path("pausedQueues"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo("default");
        assertThat(answer.header("set-cookie").orElseThrow()).startsWith("panel_session=;");

        admin.get("/api/v1/session").expectProblem(401, "not-signed-in");
        program.get("/api/v1/sites/" + kept).expect(200);
        program.get("/api/v1/sites/" + later).expect(404);
        Client again = nobody.loggedIn(ADMIN, PASSWORD);
        assertThat(again.get("/api/v1/backups/" + restored.path("before").asText())
                        .expect(200)
                        .text("trigger"))
                .isEqualTo("pre-operation");
        JsonNode event = event(again, "backup.restore");
        assertThat(event.path("actor").asText()).isEqualTo("user:" + ADMIN);
        assertThat(event.path("target").asText()).isEqualTo(id);
        nobody.get("/health/ready").expect(200);

        JsonNode queue = again.get("/api/v1/queues").expect(200).json().at("/items/0");
        assertThat(queue.path("paused").asBoolean()).isTrue();
        assertThat(queue.path("pending").asInt()).isEqualTo(1);
        again.post("/api/v1/queues/default/resume", "").expect(200);
        await().untilAsserted(
                        () -> assertThat(nobody.get("/metrics").expect(200).body())
                                .contains("panel_jobs_completed_total{queue=\"default\",type=\"count\"} 1.0")
                                .contains("panel_jobs{queue=\"default\",state=\"completed\"} 1.0")
                                .doesNotContain("panel_jobs{queue=\"later\"")
                                .contains("route=\"/api/v1/backups/{id}/restore\",status=\"200\"} 1"));
    }

    @Test
    void meanwhileAllOthersAreToldWhenToComeBack() throws Exception {
        Client admin = signedInAdmin();
        String id = backup(admin);
        onReopening.set(this::hold);
        CompletableFuture<Answer> restore = restoring(admin, id);
        awaitBegun();

        Answer refused = admin.get("/api/v1/sites").expectProblem(503, "restoring");
        assertThat(refused.header("retry-after")).contains("5");
        admin.post("/api/v1/backups/" + id + "/restore", "{}").expectProblem(503, "restoring");
        nobody.post("/api/v1/session", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(ADMIN, PASSWORD))
                .expectProblem(503, "restoring");
        nobody.get("/health/live").expect(200);
        nobody.get("/openapi.json").expect(200);
        Answer notReady = nobody.get("/health/ready").expect(503);
        assertThat(notReady.header("retry-after")).contains("5");
        assertThat(notReady.json().at("/checks/0/reason").asText()).isEqualTo("a backup is being restored");
        Answer page = nobody.with("Accept", "text/html").get("/login").expect(503);
        assertThat(page.header("retry-after")).contains("5");
        assertThat(page.body()).contains("A backup is being restored");
        String style = page.body().replaceAll("(?s).*href=\"(/assets/panel[^\"]*)\".*", "$1");
        nobody.get(style).expect(200);

        mayEnd.countDown();
        restore.get(30, TimeUnit.SECONDS).expect(200);
        nobody.loggedIn(ADMIN, PASSWORD).get("/api/v1/sites").expect(200);
    }

    @Test
    void noRequestFindsAPanelThatIsBeingClosed() throws Exception {
        Client admin = signedInAdmin();
        Client program = nobody.bearer(admin.post("/api/v1/tokens", "{\"name\": \"before\"}")
                .expect(201)
                .text("secret"));
        String id = backup(admin);
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Set<String>>> askers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> answersUntil(done, program)))
                .limit(4)
                .toList();
        awaitBegun();

        admin.post("/api/v1/backups/" + id + "/restore", "{}").expect(200);

        done.set(true);
        for (CompletableFuture<Set<String>> asker : askers) {
            assertThat(asker.get(30, TimeUnit.SECONDS)).isSubsetOf("200", "503 restoring", "503 store-busy");
        }
    }

    private Set<String> answersUntil(AtomicBoolean done, Client client) {
        Set<String> answers = new HashSet<>();
        while (!done.get()) {
            Answer answer = client.get("/api/v1/sites");
            answers.add(answer.status() == 200 ? "200" : answer.status() + " " + answer.text("code"));
            begun.countDown();
        }
        return answers;
    }

    @Test
    void requestsThatRunAreFinishedFirst() throws Exception {
        Client admin = signedInAdmin();
        String id = backup(admin);
        CompletableFuture<Answer> slow = CompletableFuture.supplyAsync(() -> nobody.get("/test/slow"));
        awaitBegun();
        CompletableFuture<Answer> restore = restoring(admin, id);
        await().atMost(PATIENCE).until(() -> nobody.get("/health/ready").status() == 503);

        mayEnd.countDown();

        assertThat(slow.get(30, TimeUnit.SECONDS)
                        .expect(200)
                        .json()
                        .path("setupNeeded")
                        .asBoolean(true))
                .isFalse();
        restore.get(30, TimeUnit.SECONDS).expect(200);
    }

    @Test
    void aRestoreThatFailsLeavesEverythingAsItWas() throws IOException {
        Client admin = signedInAdmin();
        String id = backup(admin);
        String later = addSite(admin, "later.example.com");
        Path file = directory.resolve("backups").resolve(id).resolve("audit.db");
        Files.writeString(file, "more", StandardOpenOption.APPEND);

        admin.post("/api/v1/backups/20200101T000000Z/restore", "{}").expectProblem(404, "not-found");
        assertThat(opened).as("panels for one that is not there").hasValue(1);
        Answer failed = admin.post("/api/v1/backups/" + id + "/restore", "{}").expectProblem(500, "restore-failed");

        assertThat(failed.body()).doesNotContain(directory.toString());
        admin.get("/api/v1/sites/" + later).expect(200);
        JsonNode event = event(admin, "backup.restore");
        assertThat(event.path("outcome").asText()).isEqualTo("failure");
        assertThat(event.at("/details/why").asText()).contains("audit.db");
    }

    @Test
    void aPanelThatCannotBeOpenedAgainIsToldToWhoeverRunsTheServer() throws Exception {
        Client admin = signedInAdmin();
        String id = backup(admin);
        onReopening.set(() -> {
            throw new IllegalStateException("not again");
        });
        CompletableFuture<Throwable> lost = server.lost();
        assertThat(lost).isNotDone();

        admin.post("/api/v1/backups/" + id + "/restore", "{}").expectProblem(500, "panel-lost");

        assertThat(lost.get(30, TimeUnit.SECONDS)).hasMessage("not again");
        admin.get("/api/v1/sites").expectProblem(503, "restoring");
    }

    @Test
    void aServerThatIsClosedMeanwhileFinishesTheRestore() throws Exception {
        Client admin = signedInAdmin();
        String id = backup(admin);
        onReopening.set(this::hold);
        CompletableFuture<Answer> restore = restoring(admin, id);
        awaitBegun();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        await().atMost(PATIENCE).during(Duration.ofMillis(300)).until(() -> !closing.isDone() && !restore.isDone());

        mayEnd.countDown();

        restore.get(30, TimeUnit.SECONDS).expect(200);
        closing.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> server.panel().setup().isNeeded()).isInstanceOf(StoreUnavailable.class);
        try (Panel after = Panel.open(panelOptions())) {
            assertThat(after.setup().isNeeded()).isFalse();
        }
    }

    private void hold() {
        begun.countDown();
        try {
            if (!mayEnd.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("held for too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitBegun() throws InterruptedException {
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static CompletableFuture<Answer> restoring(Client client, String id) {
        return CompletableFuture.supplyAsync(() -> client.post("/api/v1/backups/" + id + "/restore", "{}"));
    }

    private static String backup(Client admin) {
        return admin.post("/api/v1/backups", "").expect(201).text("id");
    }

    private static JsonNode event(Client client, String action) {
        return client.get("/api/v1/audit/events?action=" + action)
                .expect(200)
                .json()
                .at("/items/0");
    }
}
