package io.aipanel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.Main;
import io.aipanel.app.process.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Starts a command on the storage. */
    private ChildProcess panel(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--storage", storage()));
        return ChildProcess.start(Main.class, directory(), Map.of(), all);
    }

    private static void logIn(Browser browser) {
        Browser.Answer answer = browser.post("/api/v1/session", """
                {"email": "anna@example.com", "password": "%s"}
                """.formatted(PASSWORD));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().get("user").get("email").asText()).isEqualTo("anna@example.com");
    }
}
