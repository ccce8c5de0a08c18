package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoragePagesHttpTest extends HttpTest {

    @Test
    void theEngineAndItsFilesAreShown() {
        String page =
                admin().with("Accept", "text/html").get("/storage").expect(200).body();
        assertThat(page)
                .contains("SQLite 3.", "panel.db", "audit.db", "queue.db", "KiB", "journal_mode", "Health", "well")
                .contains(directory.resolve("data").toString())
                .doesNotContain("not well");
    }

    @Test
    void whoeverMayNotSeeItIsNotLedThere() {
        addUser("anna@example.com", "user");
        Client anna = nobody.loggedIn("anna@example.com", PASSWORD).with("Accept", "text/html");
        assertThat(anna.get("/").expect(200).body()).doesNotContain("/storage", "/settings", "/components", "/backups");
        anna.get("/storage").expect(403);
        assertThat(admin().with("Accept", "text/html").get("/").body())
                .contains("/storage", "/settings", "/components", "/backups");
    }
}
