package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.backup.CreateProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupPagesHttpTest extends HttpTest {

    @Override
    PanelServer serve() {
        return PanelServer.open(panelOptions(), opened -> {}, httpOptions(), List.of(), Duration.ofSeconds(30));
    }

    @Override
    PanelOptions panelOptions() {
        return super.panelOptions().backup(BackupOptions.in(directory.resolve("backups")));
    }

    @Test
    void whatThereIsNotIsSaid() {
        assertThat(page("/backups")).contains("There is no backup yet.", "Make a backup");
        try (Panel other = Panel.open(super.panelOptions());
                PanelServer otherServer = PanelServer.start(other, httpOptions())) {
            assertThat(Client.of(otherServer.baseUrl())
                            .bearer(prepared.adminToken())
                            .with("Accept", "text/html")
                            .get("/backups")
                            .expect(200)
                            .body())
                    .contains("There is no directory for backups", "backup.directory")
                    .doesNotContain("Make a backup");
        }
        assertThat(browser().get("/backups/20200101T000000Z").expect(404).body())
                .contains("backup 20200101T000000Z");
    }

    @Test
    void oneIsMadeCheckedTriedOutAndRemoved() {
        Answer made = browser().form("/backups", "").expect(303);
        String path = made.header("location").orElseThrow();
        String name = path.substring("/backups/".length());
        assertThat(follow(made)).contains("Backup " + name + " is made and checked.", "never", "sound");

        assertThat(follow(browser().form(path + "/verify", "").expect(303))).contains("is sound.", "never");
        clock.advance(Duration.ofMinutes(5));
        assertThat(follow(browser().form(path + "/verify", "restoreTest=true").expect(303)))
                .contains("was restored to try it out")
                .doesNotContain("never");
        clock.advance(Duration.ofHours(3));
        assertThat(page("/backups")).contains("href=\"" + path + "\"", "3 h ago", "on demand");

        assertThat(page(path + "/remove")).contains("Remove backup " + name + "?", "class=\"danger\"");
        Answer removed = browser().form(path + "/remove", "").expect(303);
        assertThat(removed.header("location")).contains("/backups");
        assertThat(follow(removed)).contains("Backup " + name + " is removed.", "There is no backup yet.");
    }

    @Test
    void whatIsWrongStaysOnItsPage() throws IOException {
        String path = create();
        Files.delete(directory.resolve(path.substring(1)).resolve("audit.db"));
        Answer checked = browser().form(path + "/verify", "").expect(303);
        assertThat(checked.header("set-cookie")).isEmpty();
        assertThat(page(path)).contains("something is wrong", "audit.db is not there", "damaged");
        assertThat(page("/backups")).contains("damaged");
        assertThat(page(path + "/restore")).contains("Restore another one if there is any.");
    }

    @Test
    void thoseThatDoNotFitOnAPageAreOnTheNext() throws IOException {
        String first = create();
        for (int i = 10; i < 60; i++) {
            copy(directory.resolve(first.substring(1)), directory.resolve("backups/20990101T0000" + i + "Z"));
        }
        assertThat(page("/backups"))
                .contains("/backups/20990101T000059Z", "href=\"/backups?before=20990101T000010Z\"")
                .doesNotContain("href=\"" + first + "\"");
        assertThat(page("/backups?before=20990101T000010Z"))
                .contains("href=\"" + first + "\"")
                .doesNotContain("Next page", "20990101T000010Z</a>");
    }

    @Test
    void everythingComesBackOnceTheNameIsTyped() {
        Client browser = browser().with("Sec-Fetch-Site", "same-origin");
        Client session = signedInAdmin().with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin");
        String path = create();
        String name = path.substring("/backups/".length());
        String later = addSite(admin(), "later.example.com");
        assertThat(page(path + "/restore")).contains("All sessions end", "Type " + name + " to confirm.");

        Answer mistyped = session.form(path + "/restore", FormFields.of("scope", "everything", "confirmation", "yes"))
                .expect(400);
        assertThat(mistyped.body()).contains("id=\"confirmation-error\"", "value=\"yes\"", "type " + name);
        admin().get("/api/v1/sites/" + later).expect(200);

        Answer restored = session.form(
                        path + "/restore", FormFields.of("scope", "everything", "confirmation", " " + name + " "))
                .expect(303);
        assertThat(restored.header("location")).contains("/login");
        assertThat(follow(restored)).contains("Backup " + name + " is restored", "all sessions have ended", "Log in");
        session.get("/").expect(303);
        admin().get("/api/v1/sites/" + later).expect(404);
        assertThat(browser.get("/backups").expect(200).body()).contains("before a restore");
    }

    @Test
    void aButtonThatWasPressedAfterTheSessionHadEndedDoesNothing() {
        Client stranger = nobody.with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin");
        String path = create();
        Answer logIn = stranger.form(path + "/remove", "").expect(401);
        assertThat(logIn.body()).contains("action=\"/login\"", "value=\"" + path + "/remove\"");
        assertThat(browser().form(path + "/remove", "again=true").expect(303).header("location"))
                .contains(path + "/remove");
        browser().get(path).expect(200);
    }

    @Test
    void aPartComesBackWhileEverythingElseStays() {
        Client admin = admin();
        String site = addSite(admin, "shop.example.com");
        String path = create();
        String name = path.substring("/backups/".length());
        admin.delete("/api/v1/sites/" + site).expect(204);

        String settings = FormFields.of("scope", "settings", "confirmation", name);
        assertThat(follow(browser().form(path + "/restore", settings).expect(303)))
                .contains("It is as it was in backup " + name + " already.");
        String nowhere = FormFields.of("scope", "site", "site", "not a host", "confirmation", name);
        assertThat(browser().form(path + "/restore", nowhere).expect(400).body())
                .contains("id=\"site-error\"", "<option value=\"site\" selected>");
        String shop = FormFields.of("scope", "site", "site", "shop.example.com", "confirmation", name);
        assertThat(follow(browser().form(path + "/restore", shop).expect(303)))
                .contains("Restored from backup " + name + ": ", "shop.example.com");
        admin.get("/api/v1/sites/" + site).expect(200);
    }

    @Test
    void onlyWhatOneMayDoIsShown() {
        addUser("watcher@example.com", "auditor");
        String path = create();
        Client watcher = nobody.loggedIn("watcher@example.com", PASSWORD).with("Accept", "text/html");
        assertThat(watcher.get("/backups").expect(200).body()).contains(path).doesNotContain("Make a backup");
        assertThat(watcher.get(path).expect(200).body()).doesNotContain("Check it now", "Restore…", "Remove…");
        watcher.get(path + "/restore").expect(403);
        assertThat(page(path)).contains(directory.resolve("backups").toString());
    }

    private Client browser() {
        return admin().with("Accept", "text/html");
    }

    private String page(String path) {
        return browser().get(path).expect(200).body();
    }

    /** The page that a browser shows then, with what it is told once. */
    private String follow(Answer answer) {
        String notice = answer.header("set-cookie").orElseThrow().split(";")[0];
        return browser()
                .with("Cookie", notice)
                .get(answer.header("location").orElseThrow())
                .expect(200)
                .body();
    }

    private String create() {
        return "/backups/"
                + server.panel()
                        .backups()
                        .create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE)
                        .name();
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.createDirectory(target);
        for (String file : List.of("manifest.json")) {
            Files.copy(source.resolve(file), target.resolve(file));
        }
    }
}
