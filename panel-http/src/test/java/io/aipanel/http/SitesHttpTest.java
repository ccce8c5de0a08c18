package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SitesHttpTest extends HttpTest {

    @Test
    void aSiteIsAddedChangedAndRemoved() {
        Client admin = admin();
        Answer added = admin.post(
                        "/api/v1/sites",
                        "{\"hostName\": \"München.example.\", \"aliases\": [\"www.münchen.example\"],"
                                + " \"documentRoot\": \"/srv/muc/\", \"phpVersion\": \"8.3\"}")
                .expect(201);
        assertThat(added.text("hostName")).isEqualTo("xn--mnchen-3ya.example");
        assertThat(added.text("hostNameUnicode")).isEqualTo("münchen.example");
        assertThat(added.text("documentRoot")).isEqualTo("/srv/muc");
        assertThat(added.text("status")).isEqualTo("active");
        assertThat(added.json().path("version").asLong()).isEqualTo(1);
        assertThat(added.json().path("systemUser").isNull()).isTrue();
        String place = added.header("location").orElseThrow();

        Answer changed = admin.patch(
                        place,
                        "{\"phpVersion\": null, \"systemUser\": \"web1\", \"status\": \"suspended\", \"aliases\": []}")
                .expect(200);
        assertThat(changed.json().path("phpVersion").isNull()).isTrue();
        assertThat(changed.text("systemUser")).isEqualTo("web1");
        assertThat(changed.text("status")).isEqualTo("suspended");
        assertThat(changed.json().path("aliases")).isEmpty();
        assertThat(changed.text("documentRoot")).isEqualTo("/srv/muc");
        assertThat(changed.header("etag")).contains("\"2\"");
        Answer shown = admin.get(place).expect(200);
        assertThat(shown.json()).isEqualTo(changed.json());
        assertThat(shown.header("etag")).contains("\"2\"");

        admin.delete(place).expect(204);
        admin.get(place).expectProblem(404, "not-found");
        assertThat(actions()).endsWith("site.add", "site.change", "site.remove");
    }

    @Test
    void everyEventNamesWhoFromWhereAndWhichRequest() {
        Client admin = signedInAdmin();
        Answer added =
                admin.post("/api/v1/sites", "{\"hostName\": \"example.org\"}").expect(201);
        var event = events().get(events().size() - 1).event();
        assertThat(event.actor()).isEqualTo("user:" + ADMIN);
        assertThat(event.address()).contains("127.0.0.1");
        assertThat(event.requestId()).isEqualTo(added.header("x-request-id"));
    }

    @Test
    void aHostNameBelongsToOneSite() {
        Client admin = admin();
        admin.post("/api/v1/sites", "{\"hostName\": \"example.org\", \"aliases\": [\"www.example.org\"]}")
                .expect(201);
        admin.post("/api/v1/sites", "{\"hostName\": \"WWW.example.org\"}")
                .expectProblem(409, "already-exists", "hostName");
        admin.post("/api/v1/sites", "{\"hostName\": \"example.net\", \"aliases\": [\"example.org\"]}")
                .expectProblem(409, "already-exists", "aliases");
    }

    @Test
    void aChangeOfAnOldVersionIsRefused() {
        Client admin = admin();
        String place = add(admin, "example.org");
        admin.with("If-Match", "\"1\"")
                .patch(place, "{\"phpVersion\": \"8.4\"}")
                .expect(200);
        admin.with("If-Match", "\"1\"")
                .patch(place, "{\"phpVersion\": \"8.2\"}")
                .expectProblem(412, "stale-version");
        admin.with("If-Match", "\"1\"").delete(place).expectProblem(412, "stale-version");
        assertThat(admin.get(place).text("phpVersion")).isEqualTo("8.4");
        admin.with("If-Match", "\"2\"").delete(place).expect(204);
    }

    @Test
    void aChangeThatChangesNothingKeepsTheVersion() {
        Client admin = admin();
        String place = add(admin, "example.org");
        assertThat(admin.patch(place, "{}").expect(200).header("etag")).contains("\"1\"");
        assertThat(actions()).doesNotContain("site.change");
    }

    @Test
    void refusedValuesAreNamedByTheirPlace() {
        Client admin = admin();
        String path = "/api/v1/sites";
        admin.post(path, "{\"hostName\": \"-bad-.example\"}").expectProblem(400, "invalid-value", "hostName");
        admin.post(path, "{\"hostName\": \"a.example\", \"aliases\": [\"b.example\", \"*.example\"]}")
                .expectProblem(400, "invalid-value", "aliases[1]");
        admin.post(path, "{\"hostName\": \"a.example\", \"documentRoot\": \"relative\"}")
                .expectProblem(400, "invalid-value", "documentRoot");
        admin.post(path, "{\"hostName\": \"a.example\", \"phpVersion\": \"eight\"}")
                .expectProblem(400, "invalid-value", "phpVersion");
        admin.post(path, "{\"hostName\": \"a.example\", \"systemUser\": \"root\"}")
                .expectProblem(400, "invalid-value", "systemUser");
        admin.post(path, "{\"hostName\": \"a.example\", \"owner\": \"me\"}")
                .expectProblem(400, "invalid-value", "owner");
        admin.post(path, "{\"hostName\": \"a.example\", \"owner\": \"0190163d-8694-739b-aea5-966c26f8ad91\"}")
                .expectProblem(409, "broken-reference");
        admin.post(path, "{\"hostName\": \"a.example\", \"aliases\": [\"a.example\"]}")
                .expectProblem(400, "invalid-value", "aliases");
        String place = add(admin, "example.org");
        admin.patch(place, "{\"status\": \"asleep\"}").expectProblem(400, "invalid-value", "status");
        admin.patch(place, "{\"hostName\": null}").expectProblem(400, "invalid-value", "hostName");
    }

    @Test
    void ownersSeeAndChangeTheirOwnSitesOnly() {
        Client admin = admin();
        addUser("anna@example.com", "user");
        Client anna = nobody.loggedIn("anna@example.com", PASSWORD);
        String others = add(admin, "example.org");
        String own = add(anna, "anna.example");
        assertThat(hostNames(anna.get("/api/v1/sites").expect(200))).containsExactly("anna.example");
        anna.get(own).expect(200);
        anna.get(others).expectProblem(404, "not-found");
        anna.patch(others, "{\"phpVersion\": \"8.3\"}").expectProblem(404, "not-found");
        anna.delete(others).expectProblem(404, "not-found");
        anna.get(others + "/databases").expectProblem(404, "not-found");
        anna.patch(own, "{\"phpVersion\": \"8.3\"}").expect(200);
        anna.delete(own).expect(204);
    }

    @Test
    void sitesAreFoundByTextAndOwner() {
        Client admin = admin();
        addUser("anna@example.com", "user");
        Client anna = nobody.loggedIn("anna@example.com", PASSWORD);
        add(admin, "shop.example");
        add(admin, "blog.example");
        add(anna, "annas-shop.example");
        assertThat(hostNames(admin.get("/api/v1/sites?search=SHOP").expect(200)))
                .containsExactly("annas-shop.example", "shop.example");
        assertThat(hostNames(admin.get("/api/v1/sites?search=%25").expect(200))).isEmpty();
        String owner = anna.get("/api/v1/session").json().at("/user/id").asText();
        assertThat(hostNames(admin.get("/api/v1/sites?owner=" + owner).expect(200)))
                .containsExactly("annas-shop.example");
        admin.get("/api/v1/sites?owner=me").expectProblem(400, "invalid-value", "owner");
    }

    @Test
    void manySitesAreListedPageByPageWithoutGapOrRepetition() {
        Client admin = admin();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            add(admin, "site-%02d.example".formatted(i));
            expected.add("site-%02d.example".formatted(i));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = admin.get("/api/v1/sites?limit=10" + cursor).expect(200);
            seen.addAll(hostNames(page));
            cursor = page.json().path("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void databasesBelongToASite() {
        Client admin = admin();
        String site = add(admin, "example.org");
        Answer added = admin.post(
                        site + "/databases", "{\"engine\": \"mariadb\", \"name\": \"shop\", \"user\": \"shop_rw\"}")
                .expect(201);
        assertThat(added.header("location").orElseThrow()).startsWith(site + "/databases/");
        admin.post(site + "/databases", "{\"engine\": \"postgresql\", \"name\": \"shop\", \"user\": \"shop_rw\"}")
                .expect(201);
        admin.post(site + "/databases", "{\"engine\": \"mariadb\", \"name\": \"shop\", \"user\": \"x\"}")
                .expectProblem(409, "already-exists", "name");
        admin.post(site + "/databases", "{\"engine\": \"oracle\", \"name\": \"shop\", \"user\": \"x\"}")
                .expectProblem(400, "invalid-value", "engine");
        admin.post(site + "/databases", "{\"engine\": \"mariadb\", \"name\": \"My Shop\", \"user\": \"x\"}")
                .expectProblem(400, "invalid-value", "name");
        Answer first = admin.get(site + "/databases?limit=1").expect(200);
        assertThat(first.json().at("/items/0/engine").asText()).isEqualTo("mariadb");
        Answer second = admin.get(site + "/databases?limit=1&cursor=" + first.text("nextCursor"))
                .expect(200);
        assertThat(second.json().at("/items/0/engine").asText()).isEqualTo("postgresql");
        admin.delete(site).expectProblem(409, "broken-reference");
        String other = add(admin, "example.net");
        String id = added.text("id");
        admin.delete(other + "/databases/" + id).expectProblem(404, "not-found");
        admin.delete(site + "/databases/" + id).expect(204);
        admin.delete(site + "/databases/" + id).expectProblem(404, "not-found");
    }

    private static String add(Client client, String hostName) {
        return client.post("/api/v1/sites", "{\"hostName\": \"" + hostName + "\"}")
                .expect(201)
                .header("location")
                .orElseThrow();
    }

    private static List<String> hostNames(Answer list) {
        List<String> names = new ArrayList<>();
        for (JsonNode site : list.json().path("items")) {
            names.add(site.path("hostName").asText());
        }
        return names;
    }
}
