package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BehindProxyHttpTest extends HttpTest {

    @Override
    HttpOptions httpOptions() {
        return new HttpOptions(
                "127.0.0.1", 0, Optional.of(URI.create("https://panel.example")), List.of("127.0.0.1"), "test");
    }

    @Override
    Client client() {
        return Client.of(URI.create("http://127.0.0.1:" + server.port()));
    }

    @Test
    void theCookieGoesOverTlsOnly() {
        Answer in = nobody.post("/api/v1/session", "{\"email\": \"" + ADMIN + "\", \"password\": \"" + PASSWORD + "\"}")
                .expect(201);
        assertThat(List.of(in.header("set-cookie").orElseThrow().split("; "))).contains("Secure", "HttpOnly");
    }

    @Test
    void eventsNameTheClientBehindTheProxy() {
        nobody.with("X-Forwarded-For", "203.0.113.9").loggedIn(ADMIN, PASSWORD);
        assertThat(events().get(events().size() - 1).event().address()).contains("203.0.113.9");
    }

    @Test
    void metricsAreForTheMachineItselfAndNotForThoseBehindTheProxy() {
        nobody.with("X-Forwarded-For", "203.0.113.9").get("/metrics").expectProblem(401, "not-signed-in");
        nobody.with("X-Forwarded-For", "127.0.0.1, 203.0.113.9").get("/metrics").expectProblem(401, "not-signed-in");
        nobody.with("X-Forwarded-For", "127.0.0.1").get("/metrics").expect(200);
        nobody.get("/metrics").expect(200);
    }

    @Test
    void guessesAreCountedForTheClientBehindTheProxy() {
        for (int i = 0; i < 10; i++) {
            guess("203.0.113.9", i).expect(i < 5 ? 401 : 429);
        }
        guess("203.0.113.10", 11).expect(401);
    }

    @Test
    void onlyThePublicOriginMay() {
        Client admin = signedInAdmin();
        admin.with("Origin", "https://panel.example")
                .post("/api/v1/sites", "{\"hostName\": \"example.org\"}")
                .expect(201);
        admin.with("Origin", "http://127.0.0.1:" + server.port())
                .post("/api/v1/sites", "{\"hostName\": \"example.net\"}")
                .expectProblem(403, "cross-site");
    }

    private Answer guess(String from, int number) {
        return nobody.with("X-Forwarded-For", from)
                .post("/api/v1/session", "{\"email\": \"u%d@example.com\", \"password\": \"wrong\"}".formatted(number));
    }
}
