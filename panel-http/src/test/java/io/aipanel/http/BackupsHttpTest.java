package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.backup.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupsHttpTest extends HttpTest {

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions()
                .backup(BackupOptions.in(directory.resolve("backups"))
                        .compressed(Compression.ZSTD)
                        .copiedTo(second()));
    }

    @BeforeEach
    void mount() throws IOException {
        Files.createDirectory(second());
    }

    private Path second() {
        return directory.resolve("second");
    }

    @Test
    void aBackupIsMadeShownCheckedAndRemoved() {
        Client admin = admin();
        Answer made = admin.post("/api/v1/backups", "").expect(201);
        String id = made.json().path("id").asText();
        assertThat(made.header("Location")).contains("/api/v1/backups/" + id);
        assertThat(made.json().path("sound").asBoolean()).isTrue();
        assertThat(made.json().path("trigger").asText()).isEqualTo("on-demand");
        assertThat(made.json().path("stores")).hasSize(3);
        assertThat(made.json().path("compression").asText()).isEqualTo("zstd");
        assertThat(made.json().path("storedBytes").asLong())
                .isLessThan(made.json().path("bytes").asLong());
        assertThat(second().resolve(id)).as("its copy").isDirectory();
        assertThat(made.body()).as("where it is").doesNotContain(directory.toString());

        JsonNode check = admin.post("/api/v1/backups/" + id + "/verify", "{\"restoreTest\": true}")
                .expect(200)
                .json();
        assertThat(check.path("passed").asBoolean()).isTrue();
        assertThat(check.path("restored").asBoolean()).isTrue();
        JsonNode shown = admin.get("/api/v1/backups/" + id).expect(200).json();
        assertThat(shown.path("restored")).isEqualTo(check);
        assertThat(admin.get("/api/v1/backups").expect(200).json().path("items"))
                .singleElement()
                .isEqualTo(shown);

        admin.delete("/api/v1/backups/" + id).expect(204);
        admin.get("/api/v1/backups/" + id).expect(404);
        assertThat(actions()).containsSubsequence("backup.create", "backup.verify", "backup.remove");
    }

    @Test
    void theNewestComesFirstPageByPage() {
        Client admin = admin();
        String first = create(admin);
        clock.advance(Duration.ofSeconds(1));
        String second = create(admin);

        JsonNode page = admin.get("/api/v1/backups?limit=1").expect(200).json();
        assertThat(page.at("/items/0/id").asText()).isEqualTo(second);
        JsonNode next = admin.get("/api/v1/backups?limit=1&cursor="
                        + page.path("nextCursor").asText())
                .expect(200)
                .json();
        assertThat(next.at("/items/0/id").asText()).isEqualTo(first);
        assertThat(next.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void whatIsWrongWithABackupIsAnswered() throws IOException {
        Client admin = admin();
        String id = create(admin);
        Path file = directory.resolve("backups").resolve(id).resolve("panel.db.zst");
        Files.delete(file);

        JsonNode check = admin.post("/api/v1/backups/" + id + "/verify", "{}")
                .expect(200)
                .json();

        assertThat(check.path("passed").asBoolean()).isFalse();
        assertThat(check.at("/problems/0").asText()).isEqualTo("panel.db.zst is not there");
        assertThat(admin.get("/api/v1/backups/" + id)
                        .expect(200)
                        .json()
                        .path("sound")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void itIsMadeByTheMethodThatIsWanted() {
        Client admin = admin();

        JsonNode usual = admin.post("/api/v1/backups", "{}").expect(201).json();
        JsonNode wanted = admin.post("/api/v1/backups", "{\"method\": \"checkpoint\"}")
                .expect(201)
                .json();

        assertThat(usual.path("method").asText()).isEqualTo("online");
        assertThat(wanted.path("method").asText()).isEqualTo("checkpoint");
        assertThat(wanted.path("sound").asBoolean()).isTrue();
        assertThat(admin.post("/api/v1/backups", "{\"method\": \"quick\"}")
                        .expect(400)
                        .body())
                .contains("method", "online or checkpoint");
        admin.post("/api/v1/backups", "[]").expect(400);
    }

    @Test
    void aBackupThatCannotBeCopiedIsThereAndThatIsSaid() throws IOException {
        Client admin = admin();
        Files.delete(second());

        Answer answer = admin.post("/api/v1/backups", "").expect(500);

        assertThat(answer.json().path("code").asText()).isEqualTo("backup-not-copied");
        assertThat(answer.body()).doesNotContain(second().toString());
        assertThat(admin.get("/api/v1/backups").expect(200).json().path("items"))
                .hasSize(1);
    }

    @Test
    void aNameThatIsNoneFindsNothing() {
        Client admin = admin();
        admin.get("/api/v1/backups/20200101T000000Z").expect(404);
        admin.get("/api/v1/backups/nonsense").expect(404);
        admin.get("/api/v1/backups/..%2f..%2fetc").expect(400);
    }

    @Test
    void aServerOfAnotherProgramsPanelDoesNotCloseIt() {
        Client admin = admin();
        String id = create(admin);
        assertThat(admin.post("/api/v1/backups/" + id + "/restore", "{}")
                        .expectProblem(501, "not-supported")
                        .text("detail"))
                .contains("panel backup restore " + id);
        admin.get("/api/v1/backups/" + id).expect(200);
    }

    @Test
    void oneSiteComesBackWhileEverythingElseStays() {
        Client admin = admin();
        String site = addSite(admin, "shop.example.com");
        String id = create(admin);
        admin.delete("/api/v1/sites/" + site).expect(204);
        String later = addSite(admin, "later.example.com");

        JsonNode restored = admin.post("/api/v1/backups/" + id + "/restore", "{\"site\": \"shop.example.com\"}")
                .expect(200)
                .json();

        assertThat(restored.at("/changed/0").asText()).contains("shop.example.com");
        admin.get("/api/v1/sites/" + site).expect(200);
        admin.get("/api/v1/sites/" + later).expect(200);
        assertThat(actions()).contains("backup.restore");
    }

    @Test
    void theSettingsComeBackAlone() {
        Client admin = admin();
        String id = create(admin);
        admin.put("/api/v1/settings/panel.name", "{\"value\": \"Changed since\"}")
                .expect(200);
        String later = addSite(admin, "later.example.com");

        JsonNode restored = admin.post("/api/v1/backups/" + id + "/restore", "{\"settings\": true}")
                .expect(200)
                .json();

        assertThat(restored.path("changed"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo("panel.name");
        assertThat(admin.get("/api/v1/settings/panel.name").expect(200).text("value"))
                .isEqualTo("Panel");
        admin.get("/api/v1/sites/" + later).expect(200);
    }

    @Test
    void aPartThatCannotComeBackIsNamed() {
        Client admin = admin();
        String restore = "/api/v1/backups/" + create(admin) + "/restore";
        admin.post(restore, "{\"site\": \"nowhere.example.com\"}").expect(404);
        admin.post(restore, "{\"site\": \"not a host\"}").expectProblem(400, "invalid-value", "site");
        admin.post(restore, "{\"site\": \"a.example.com\", \"settings\": true}")
                .expectProblem(400, "invalid-value", "settings");
        admin.post(restore, "{\"sites\": \"a.example.com\"}").expect(400);
    }

    @Test
    void aPanelThatKeepsNoBackupsSaysWhatIsMissing() {
        try (Panel other = Panel.open(super.panelOptions());
                PanelServer otherServer = PanelServer.start(other, httpOptions())) {
            Client.of(otherServer.baseUrl())
                    .loggedIn(ADMIN, PASSWORD)
                    .get("/api/v1/backups")
                    .expectProblem(400, "invalid-value", "backup.directory");
        }
    }

    private static String create(Client admin) {
        return admin.post("/api/v1/backups", "").expect(201).json().path("id").asText();
    }
}
