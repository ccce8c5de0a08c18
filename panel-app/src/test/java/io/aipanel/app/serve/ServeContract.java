package io.aipanel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipanel.app.Main;
import io.aipanel.app.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first days of a panel, as real processes. */
interface ServeContract {

    /** A secret that must never be seen again. */
    String PASSWORD = "correct horse battery staple 42";

    /** The URL of a storage that is empty at first. */
    String storage();

    /** Where the processes run. */
    Path directory();

    @Test
    default void theFirstStartOffersTheSetUpAndTheNextOneFindsEverything() {
        List<String> seen = new ArrayList<>();
        String siteId;
        try (ServedPanel served = ServedPanel.start(storage(), directory(), "--verbose")) {
            Browser browser = new Browser(served.url());
            assertThat(browser.get("/health/live").status()).isEqualTo(200);
            assertThat(browser.get("/health/ready").status()).isEqualTo(200);
            String code = served.setupCode();
            assertThat(browser.post("/api/v1/setup", """
                            {"code": "%s", "email": "anna@example.com", "password": "%s"}
                            """.formatted(code, PASSWORD))
                            .status())
                    .isEqualTo(201);
            logIn(browser);
            Browser.Answer site = browser.post("/api/v1/sites", "{\"hostName\": \"example.com\"}");
            assertThat(site.status()).isEqualTo(201);
            siteId = site.body().get("id").asText();
            assertThat(served.stop()).isZero();
            seen.addAll(served.process().out());
            seen.addAll(served.process().err());
        }
        try (ServedPanel served = ServedPanel.start(storage(), directory())) {
            Browser browser = new Browser(served.url());
            logIn(browser);
            assertThat(browser.get("/api/v1/sites/" + siteId)
                            .body()
                            .get("hostName")
                            .asText())
                    .isEqualTo("example.com");
            assertThat(browser.get("/api/v1/audit/events?limit=100").body().get("items"))
                    .extracting(event -> event.get("action").asText())
                    .containsOnlyOnce("user.add", "site.add");
            assertThat(served.stop()).isZero();
            assertThat(served.process().out())
                    .as("a set-up link after there is a user")
                    .isEmpty();
            seen.addAll(served.process().err());
        }
        assertThat(seen).noneMatch(line -> line.contains(PASSWORD));
    }

    @Test
    default void commandsWorkBesideTheServer() {
        try (ServedPanel served = ServedPanel.start(storage(), directory())) {
            String url = served.url();
            try (ChildProcess add =
                    panel("user", "add", "anna@example.com", "--role", "admin", "--password-stdin", "--json")) {
                assertThat(add.type(PASSWORD + "\n").exitCode())
                        .as("%s", add.err())
                        .isZero();
                assertThat(add.out()).singleElement().asString().contains("\"email\":\"anna@example.com\"");
            }
            Browser browser = new Browser(url);
            logIn(browser);
            assertThat(browser.get("/api/v1/audit/events").body().get("items"))
                    .extracting(event -> event.get("action").asText())
                    .as("what the command recorded, delivered before it ended")
                    .contains("user.add");
            try (ChildProcess doctor = panel("doctor")) {
                assertThat(doctor.exitCode()).as("%s", doctor.out()).isZero();
            }
            assertThat(served.stop()).isZero();
        }
    }

    @Test
    default void anOrdinaryStartWarnsOfNothingAndEveryLineHasItsTime() {
        try (ServedPanel served = ServedPanel.start(storage(), directory())) {
            served.url();
            served.setupCode();
            assertThat(served.stop()).isZero();
            assertThat(served.process().err())
                    .allMatch(line -> line.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z INFO  .*"));
            assertThat(served.process().out()).hasSize(1);
        }
    }

    @Test
    default void aProgramHandlesJobsAndCommandsLookAfterThemBesideTheServer() throws IOException {
        Path program = program("cat; echo; [ $PANEL_JOB_ATTEMPT -gt 1 ] || exit 9; exec sleep 1000");
        Path configuration = Files.writeString(
                directory().resolve("serve.properties"), "jobs.command.report = " + program + "\njobs.grace = 0s\n");
        try (ServedPanel served = ServedPanel.start(storage(), directory(), "--config", configuration.toString())) {
            String url = served.url();
            JsonNode job = answered(
                    "jobs",
                    "enqueue",
                    "report",
                    "--payload",
                    "{\"n\": 1}",
                    "--max-attempts",
                    "2",
                    "--first-delay",
                    "0s");
            String id = job.get("id").asText();
            JsonNode running = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> answered("jobs", "show", id),
                            shown -> shown.get("attempt").asInt() == 2
                                    && shown.get("log").size() == 2);
            assertThat(running.get("state").asText()).isEqualTo("running");
            assertThat(running.get("hasHandler").asBoolean()).isTrue();
            assertThat(running.at("/log/0/text").asText()).isEqualTo("{\"n\": 1}");
            assertThat(running.at("/failures/0/message").asText()).contains("exit code 9", "{\"n\": 1}");

            assertThat(answered("jobs", "cancel", id)
                            .at("/items/0/cancelRequested")
                            .asBoolean())
                    .isTrue();
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            answered("jobs", "show", id).get("state").asText().equals("cancelled"));

            assertThat(new Browser(url).get("/metrics").body().asText())
                    .contains("panel_jobs_failed_total{queue=\"default\",type=\"report\"}", "jvm_memory_used_bytes");
            assertThat(served.stop()).isZero();
        }
    }

    @Test
    default void theServerSignsTheLogAndBringsItElsewhere() throws IOException {
        Path elsewhere = directory().resolve("elsewhere");
        Path configuration =
                Files.writeString(directory().resolve("serve.properties"), "audit.anchor.file = " + elsewhere + "\n");
        answered("audit", "record", "disk.copy");
        assertThat(directory().resolve("audit.key")).doesNotExist();
        try (ServedPanel served = ServedPanel.start(storage(), directory(), "--config", configuration.toString())) {
            served.url();
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            !answered("audit", "checkpoint").at("/anchors/0/at").isMissingNode());

            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory().resolve("audit.key"))))
                    .isEqualTo("rw-------");
            JsonNode checkpoint = answered("audit", "checkpoint");
            assertThat(Files.readString(elsewhere))
                    .isEqualTo(checkpoint.get("checkpoint").asText());
            assertThat(checkpoint.get("size").asLong()).isEqualTo(1);
            JsonNode found = answered("audit", "verify", "--checkpoint", elsewhere.toString());
            assertThat(found.get("status").asText()).isEqualTo("intact");
            assertThat(served.stop()).isZero();
        }
    }

    @Test
    default void aProgramThatIsNotThereStopsTheStartAndIsTold() throws IOException {
        Path configuration = Files.writeString(
                directory().resolve("serve.properties"), "# programs\njobs.command.report = /no/such/program\n");
        try (ServedPanel served = ServedPanel.start(storage(), directory(), "--config", configuration.toString())) {
            assertThat(served.process().exitCode()).isEqualTo(2);
            assertThat(served.process().err())
                    .singleElement()
                    .asString()
                    .contains("jobs.command.report", "'/no/such/program'", "serve.properties, line 2");
        }
    }

    /** Runs a command on the storage that must succeed, and answers its JSON. */
    private JsonNode answered(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        try (ChildProcess command = panel(all.toArray(String[]::new))) {
            assertThat(command.exitCode()).as("%s", command.err()).isZero();
            return new ObjectMapper().readTree(String.join("\n", command.out()));
        }
    }

    private Path program(String script) throws IOException {
        Path program = Files.createFile(
                directory().resolve("program"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    }

    /** Starts a command on the storage. */
    private ChildProcess panel(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--storage", storage()));
        return ChildProcess.start(Main.class, directory(), ServedPanel.ENVIRONMENT, all);
    }

    private static void logIn(Browser browser) {
        Browser.Answer answer = browser.post("/api/v1/session", """
                {"email": "anna@example.com", "password": "%s"}
                """.formatted(PASSWORD));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().get("user").get("email").asText()).isEqualTo("anna@example.com");
    }
}
