package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionHttpTest extends HttpTest {

    @Test
    void loggingInSaysWhoOneIsAndSetsACookieThatScriptsAndOtherSitesCannotUse() {
        Answer in = logIn(nobody, ADMIN, PASSWORD).expect(201);
        assertThat(in.json().at("/user/email").asText()).isEqualTo(ADMIN);
        assertThat(in.json().at("/user/roles/0").asText()).isEqualTo("admin");
        assertThat(Instant.parse(in.text("expiresAt"))).isAfter(clock.instant());
        String cookie = in.header("set-cookie").orElseThrow();
        assertThat(cookie).startsWith("panel_session=");
        assertThat(List.of(cookie.split("; ")))
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        assertThat(in.body()).doesNotContain(cookie.split("[=;]")[1]);
    }

    @Test
    void theSessionIsRecognisedUntilItIsEnded() {
        Client admin = signedInAdmin();
        assertThat(admin.get("/api/v1/session")
                        .expect(200)
                        .json()
                        .at("/permissions")
                        .size())
                .isGreaterThan(10);
        Answer out = admin.delete("/api/v1/session").expect(204);
        assertThat(out.header("set-cookie").orElseThrow()).contains("panel_session=;", "Max-Age=0");
        admin.get("/api/v1/session").expectProblem(401, "not-signed-in");
        assertThat(actions()).endsWith("session.login", "session.logout");
    }

    @Test
    void anAnswerToNobodySaysHowToSignIn() {
        Answer refused = nobody.get("/api/v1/session").expectProblem(401, "not-signed-in");
        assertThat(refused.header("www-authenticate")).contains("Bearer");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
        Answer wrong = logIn(nobody, ADMIN, "wrong horse battery").expectProblem(401, "wrong-credentials");
        Answer unknown = logIn(nobody, "nobody@example.com", PASSWORD).expectProblem(401, "wrong-credentials");
        assertThat(wrong.text("detail")).isEqualTo(unknown.text("detail"));
    }

    @Test
    void afterFiveFailuresAnAccountHasToWait() {
        for (int i = 0; i < 5; i++) {
            logIn(nobody, ADMIN, "wrong " + i).expect(401);
        }
        Answer throttled = logIn(nobody, ADMIN, PASSWORD).expectProblem(429, "too-many-attempts");
        long wait = Long.parseLong(throttled.header("retry-after").orElseThrow());
        assertThat(wait).isBetween(1L, 15L * 60);
        clock.advance(Duration.ofSeconds(wait));
        logIn(nobody, ADMIN, PASSWORD).expect(201);
    }

    @Test
    void aSessionThatRestsTooLongEnds() {
        Client admin = signedInAdmin();
        clock.advance(panel.authentication().sessionPolicy().idle().plusSeconds(1));
        admin.get("/api/v1/session").expect(401);
    }

    @Test
    void disablingAUserEndsTheirSessions() {
        Client admin = signedInAdmin();
        String id = addUser("anna@example.com", "user").id().toString();
        Client anna = nobody.loggedIn("anna@example.com", PASSWORD);
        anna.get("/api/v1/session").expect(200);
        admin.patch("/api/v1/users/" + id, "{\"status\": \"disabled\"}").expect(200);
        anna.get("/api/v1/session").expect(401);
        logIn(nobody, "anna@example.com", PASSWORD).expect(401);
    }

    @Test
    void anApiTokenIsShownOnceAndActsForItsUser() {
        Client admin = signedInAdmin();
        Answer added = admin.post("/api/v1/tokens", "{\"name\": \"deploy\"}").expect(201);
        String secret = added.text("secret");
        assertThat(secret).startsWith("panel_");
        Client program = nobody.bearer(secret);
        assertThat(program.get("/api/v1/session")
                        .expect(200)
                        .json()
                        .at("/user/email")
                        .asText())
                .isEqualTo(ADMIN);
        assertThat(admin.get("/api/v1/tokens").expect(200).body())
                .contains("deploy")
                .doesNotContain(secret);
        program.delete("/api/v1/session").expectProblem(400, "no-session");
        admin.post("/api/v1/tokens", "{\"name\": \"deploy\"}").expectProblem(409, "already-exists", "name");
        admin.delete(added.header("location").orElseThrow()).expect(204);
        program.get("/api/v1/session").expect(401);
        admin.delete(added.header("location").orElseThrow()).expect(404);
    }

    @Test
    void anApiTokenEndsWhenItSaid() {
        Client admin = signedInAdmin();
        String tomorrow = clock.instant().plus(Duration.ofDays(1)).toString();
        Answer added = admin.post("/api/v1/tokens", "{\"name\": \"short\", \"expiresAt\": \"%s\"}".formatted(tomorrow))
                .expect(201);
        Client program = nobody.bearer(added.text("secret"));
        program.get("/api/v1/session").expect(200);
        clock.advance(Duration.ofDays(1));
        program.get("/api/v1/session").expect(401);
        nobody.loggedIn(ADMIN, PASSWORD)
                .post("/api/v1/tokens", "{\"name\": \"late\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}")
                .expectProblem(400, "invalid-value", "expiresAt");
    }

    @Test
    void aSessionIsNoApiToken() {
        Client admin = signedInAdmin();
        String token = admin.headers().get("Cookie").substring("panel_session=".length());
        nobody.bearer(token).get("/api/v1/session").expect(401);
        admin.bearer("panel_nonsense").get("/api/v1/session").expect(401);
    }

    @Test
    void onesSessionsAreListedAndCanBeEndedOneByOne() {
        Client here = signedInAdmin();
        Client there = nobody.with("User-Agent", "other browser").loggedIn(ADMIN, PASSWORD);
        String user = here.get("/api/v1/session").json().at("/user/id").asText();
        Answer list = here.get("/api/v1/users/" + user + "/sessions").expect(200);
        assertThat(list.json().at("/items")).hasSize(2);
        String other = list.json().at("/items/0/current").asBoolean()
                ? list.json().at("/items/1/id").asText()
                : list.json().at("/items/0/id").asText();
        here.delete("/api/v1/sessions/" + other).expect(204);
        there.get("/api/v1/session").expect(401);
        here.get("/api/v1/session").expect(200);
        here.delete("/api/v1/users/" + user + "/sessions").expect(204);
        here.get("/api/v1/session").expect(401);
    }

    @Test
    void aSessionDoesNotHelpToGuessThePassword() {
        Client admin = signedInAdmin();
        for (int i = 0; i < 5; i++) {
            admin.put("/api/v1/password", passwords("wrong horse " + i, "new horse battery"))
                    .expectProblem(403, "wrong-password", "currentPassword");
        }
        Answer throttled = admin.put("/api/v1/password", passwords(PASSWORD, "new horse battery"))
                .expectProblem(429, "too-many-attempts");
        assertThat(throttled.header("retry-after")).isPresent();
    }

    @Test
    void aPasswordIsChangedByWhomKnowsIt() {
        Client admin = signedInAdmin();
        Client elsewhere = nobody.loggedIn(ADMIN, PASSWORD);
        admin.put("/api/v1/password", passwords("wrong horse battery", "new horse battery"))
                .expectProblem(403, "wrong-password", "currentPassword");
        admin.put("/api/v1/password", passwords(PASSWORD, "short")).expectProblem(400, "invalid-value", "newPassword");
        admin.put("/api/v1/password", passwords(PASSWORD, "new horse battery")).expect(204);
        admin.get("/api/v1/session").expect(200);
        elsewhere.get("/api/v1/session").expect(401);
        logIn(nobody, ADMIN, PASSWORD).expect(401);
        logIn(nobody, ADMIN, "new horse battery").expect(201);
    }

    @Test
    void headIsAnsweredLikeGetWithoutABody() {
        Answer head = nobody.send("HEAD", "/api/v1/session", Optional.empty());
        assertThat(head.status()).isEqualTo(401);
        assertThat(head.body()).isEmpty();
        assertThat(signedInAdmin()
                        .send("HEAD", "/api/v1/session", Optional.empty())
                        .status())
                .isEqualTo(200);
    }

    private static Answer logIn(Client client, String email, String password) {
        return client.post("/api/v1/session", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    private static String passwords(String current, String wanted) {
        return "{\"currentPassword\": \"%s\", \"newPassword\": \"%s\"}".formatted(current, wanted);
    }
}
