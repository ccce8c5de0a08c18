package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.domain.iam.EmailAddress;
import org.junit.jupiter.api.Test;

class UsersHttpTest extends HttpTest {

    @Test
    void aUserIsAddedChangedAndRemoved() {
        Client admin = admin();
        Answer added = admin.post(
                        "/api/v1/users",
                        "{\"email\": \" Anna@Example.COM\", \"displayName\": \"Anna Ä. 🌻\", \"roles\": [\"user\"],"
                                + " \"password\": \"" + PASSWORD + "\"}")
                .expect(201);
        assertThat(added.text("email")).isEqualTo("anna@example.com");
        assertThat(added.text("displayName")).isEqualTo("Anna Ä. 🌻");
        assertThat(added.text("status")).isEqualTo("active");
        assertThat(added.header("etag")).contains("\"1\"");
        assertThat(added.body()).doesNotContain("argon2").doesNotContain(PASSWORD);
        String place = added.header("location").orElseThrow();

        Answer changed = admin.patch(place, "{\"displayName\": \"Anna\", \"roles\": [\"auditor\", \"user\"]}")
                .expect(200);
        assertThat(changed.json().at("/roles")).extracting(JsonNode::asText).containsExactly("auditor", "user");
        assertThat(changed.text("email")).isEqualTo("anna@example.com");
        assertThat(changed.header("etag")).contains("\"2\"");
        assertThat(admin.get(place).expect(200).json()).isEqualTo(changed.json());

        admin.delete(place).expect(204);
        admin.get(place).expectProblem(404, "not-found");
        admin.delete(place).expect(404);
        admin.patch(place, "{}").expect(404);
    }

    @Test
    void aChangeOfAnOldVersionIsRefused() {
        Client admin = admin();
        String place = "/api/v1/users/" + addUser("anna@example.com", "user").id();
        admin.with("If-Match", "\"1\"").patch(place, "{\"displayName\": \"A\"}").expect(200);
        admin.with("If-Match", "\"1\"").patch(place, "{\"displayName\": \"B\"}").expectProblem(412, "stale-version");
        admin.with("If-Match", "\"1\"").delete(place).expectProblem(412, "stale-version");
        admin.with("If-Match", "*").patch(place, "{\"displayName\": \"C\"}").expect(200);
        admin.with("If-Match", "W/\"3\"").delete(place).expectProblem(412, "stale-version");
        admin.with("If-Match", "\"three\"").delete(place).expectProblem(412, "stale-version");
        admin.with("If-Match", "\"3\"").delete(place).expect(204);
    }

    @Test
    void whereThereIsNoVersionNoneIsAskedFor() {
        admin().with("If-Match", "\"nonsense\"").get("/api/v1/users").expect(200);
    }

    @Test
    void anAddressBelongsToOneUser() {
        Client admin = admin();
        admin.post("/api/v1/users", newUser("ADMIN@example.com")).expectProblem(409, "already-exists", "email");
    }

    @Test
    void aRoleThatDoesNotExistCannotBeGiven() {
        Client admin = admin();
        admin.post(
                        "/api/v1/users",
                        "{\"email\": \"a@b.c\", \"roles\": [\"ghost\"], \"password\": \"" + PASSWORD + "\"}")
                .expectProblem(409, "broken-reference");
        admin.post(
                        "/api/v1/users",
                        "{\"email\": \"a@b.c\", \"roles\": [\"user\", \"No Role\"], \"password\": \"" + PASSWORD
                                + "\"}")
                .expectProblem(400, "invalid-value", "roles[1]");
    }

    @Test
    void theLastAdminStays() {
        Client admin = admin();
        String place = "/api/v1/users/"
                + admin.get("/api/v1/session").json().at("/user/id").asText();
        admin.delete(place).expectProblem(409, "last-admin");
        admin.patch(place, "{\"status\": \"disabled\"}").expectProblem(409, "last-admin");
        admin.patch(place, "{\"roles\": []}").expectProblem(409, "last-admin");
        admin.get("/api/v1/session").expect(200);
    }

    @Test
    void anOwnerOfSitesStays() {
        Client admin = admin();
        String anna = addUser("anna@example.com", "user").id().toString();
        admin.post("/api/v1/sites", "{\"hostName\": \"example.org\", \"owner\": \"" + anna + "\"}")
                .expect(201);
        admin.delete("/api/v1/users/" + anna).expectProblem(409, "broken-reference");
    }

    @Test
    void anAdminGivesAUserANewPassword() {
        Client admin = admin();
        String anna = addUser("anna@example.com", "user").id().toString();
        Client inside = nobody.loggedIn("anna@example.com", PASSWORD);
        admin.put("/api/v1/users/" + anna + "/password", "{\"password\": \"another horse\"}")
                .expect(204);
        inside.get("/api/v1/session").expect(401);
        nobody.loggedIn("anna@example.com", "another horse");
        admin.put("/api/v1/users/" + anna + "/password", "{\"password\": \"short\"}")
                .expectProblem(400, "invalid-value", "password");
    }

    @Test
    void everyoneSeesThemselvesAndNobodyElse() {
        String admin = panel.users()
                .findByEmail(PROGRAM, new EmailAddress(ADMIN))
                .orElseThrow()
                .id()
                .toString();
        String anna = addUser("anna@example.com", "user").id().toString();
        Client client = nobody.loggedIn("anna@example.com", PASSWORD);
        client.get("/api/v1/users/" + anna).expect(200);
        client.get("/api/v1/users/" + admin).expectProblem(403, "permission-denied");
        client.get("/api/v1/users/" + admin + "/sessions").expectProblem(403, "permission-denied");
        client.delete("/api/v1/users/" + admin + "/sessions").expectProblem(403, "permission-denied");
    }

    @Test
    void usersAreListedPageByPage() {
        Client admin = admin();
        for (String name : new String[] {"b", "a", "c"}) {
            addUser(name + "@example.com");
        }
        Answer first = admin.get("/api/v1/users?limit=3").expect(200);
        assertThat(first.json().at("/items"))
                .extracting(user -> user.path("email").asText())
                .containsExactly("a@example.com", ADMIN, "b@example.com");
        Answer rest = admin.get("/api/v1/users?limit=3&cursor=" + first.text("nextCursor"))
                .expect(200);
        assertThat(rest.json().at("/items"))
                .extracting(user -> user.path("email").asText())
                .containsExactly("c@example.com");
        assertThat(rest.json().at("/nextCursor").isNull()).isTrue();
    }

    @Test
    void sessionsOfAUserWhoDoesNotExistAreNotFound() {
        Client admin = admin();
        String ghost = "/api/v1/users/0190163d-8694-739b-aea5-966c26f8ad91/sessions";
        admin.get(ghost).expectProblem(404, "not-found");
        admin.delete(ghost).expectProblem(404, "not-found");
    }

    private static String newUser(String email) {
        return "{\"email\": \"%s\", \"displayName\": \"X\", \"roles\": [], \"password\": \"%s\"}"
                .formatted(email, PASSWORD);
    }
}
