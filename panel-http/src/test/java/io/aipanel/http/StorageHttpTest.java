package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class StorageHttpTest extends HttpTest {

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
    void theSameIsThereForPrograms() {
        JsonNode storage = admin().get("/api/v1/storage").expect(200).json();
        assertThat(storage.path("engine").asText()).startsWith("SQLite 3.");
        assertThat(storage.path("location").asText())
                .contains(directory.resolve("data").toString());
        assertThat(storage.path("stores"))
                .extracting(store -> store.path("store").asText())
                .containsExactly("panel", "audit", "queue");
        assertThat(storage.at("/stores/0/tables"))
                .filteredOn(table -> table.path("name").asText().equals("users"))
                .singleElement()
                .satisfies(users -> assertThat(users.path("rows").asLong()).isEqualTo(1));
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
