package io.aipanel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A backup is restored by a server that goes on, in a process as operators run it. A job that waits for the test holds the
 * restore when requests are refused already.
 */
interface RestoreInPlaceContract {

    String CREDENTIALS = """
            {"email": "anna@example.com", "password": "correct horse battery staple 42"}""";

    /** The URL of a storage that is empty at first. */
    String storage();

    /** Where the process runs. */
    Path directory();

    @Test
    default void theServerGoesOnWithTheBackup() throws Exception {
        try (ServedPanel served = serve()) {
            Browser browser = admin(served);
            startJob(browser);
            String backup = backUp(browser);
            post(browser, "/api/v1/sites", "{\"hostName\": \"later.example.com\"}", 201);

            CompletableFuture<Browser.Answer> restore = restore(browser, backup);
            awaitRefusal(browser);
            assertThat(browser.get("/health/live").status()).isEqualTo(200);
            endJob();

            Browser.Answer restored = restore.get(60, TimeUnit.SECONDS);
            assertThat(restored.status()).as("%s", restored.body()).isEqualTo(200);
            assertThat(restored.body().at("/pausedQueues/0").asText()).isEqualTo("default");
            assertThat(browser.get("/api/v1/sites").status()).as("old session").isEqualTo(401);
            post(browser, "/api/v1/session", CREDENTIALS, 201);
            assertThat(browser.get("/api/v1/sites").body().get("items")).isEmpty();
            String job = enqueue(browser);
            assertThat(state(browser, job)).isEqualTo("pending");
            post(browser, "/api/v1/queues/default/resume", "", 200);
            // The one that ran at the backup's instant runs again.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(browser.get("/metrics").body().asText())
                                    .contains("panel_jobs{queue=\"default\",state=\"completed\"} 2.0"));
            assertThat(state(browser, job)).isEqualTo("completed");
            assertThat(served.stop()).isZero();
        }
    }

    default ServedPanel serve() throws IOException {
        Path program = Files.createFile(
                directory().resolve("program"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, """
                #!/bin/sh
                touch %1$s/begun
                until [ -e %1$s/may-end ]; do sleep 0.05; done
                """.formatted(directory()));
        Path configuration = Files.writeString(
                directory().resolve("serve.properties"), "jobs.command.report = " + program + "\njobs.grace = 60s\n");
        return ServedPanel.start(storage(), directory(), "--config", configuration.toString());
    }

    static Browser admin(ServedPanel served) {
        Browser browser = new Browser(served.url());
        post(
                browser,
                "/api/v1/setup",
                CREDENTIALS.replace("{", "{\"code\": \"%s\", ".formatted(served.setupCode())),
                201);
        post(browser, "/api/v1/session", CREDENTIALS, 201);
        return browser;
    }

    default void startJob(Browser browser) {
        enqueue(browser);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(directory().resolve("begun")));
    }

    default void endJob() throws IOException {
        Files.createFile(directory().resolve("may-end"));
    }

    static String enqueue(Browser browser) {
        return post(browser, "/api/v1/jobs", "{\"type\": \"report\"}", 201)
                .get("id")
                .asText();
    }

    static String backUp(Browser browser) {
        return post(browser, "/api/v1/backups", "", 201).get("id").asText();
    }

    static CompletableFuture<Browser.Answer> restore(Browser browser, String backup) {
        return CompletableFuture.supplyAsync(() -> browser.post("/api/v1/backups/" + backup + "/restore", "{}"));
    }

    static void awaitRefusal(Browser browser) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> browser.get("/api/v1/sites").body().path("code").asText(), "restoring"::equals);
    }

    static String state(Browser browser, String job) {
        return browser.get("/api/v1/jobs/" + job).body().path("state").asText();
    }

    static JsonNode post(Browser browser, String path, String json, int status) {
        Browser.Answer answer = browser.post(path, json);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(status);
        return answer.body();
    }
}
