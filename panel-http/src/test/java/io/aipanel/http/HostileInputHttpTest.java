package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputHttpTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1e3", "99999999999999999999", "ten", "", "%F0%9F%8C%BB", "1%00"})
    void limitsThatAreNoneAreRefused(String limit) {
        admin().get("/api/v1/sites?limit=" + limit).expectProblem(400, "invalid-value", "limit");
    }

    @Test
    void cursorsThatAreNoneAreRefusedEverywhere() {
        Client admin = admin();
        Random random = seeded();
        for (String list : new String[] {
            "sites", "users", "roles", "tokens", "settings", "components", "audit/events", "jobs", "queues"
        }) {
            for (int i = 0; i < 5; i++) {
                byte[] noise = new byte[1 + random.nextInt(40)];
                random.nextBytes(noise);
                String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
                int status = admin.get("/api/v1/" + list + "?cursor=" + cursor).status();
                assertThat(status).as("%s with %s", list, cursor).isIn(200, 400);
            }
            admin.get("/api/v1/" + list + "?cursor=not%20base64!").expectProblem(400, "invalid-value", "cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v2/sites",
                "/api/v1",
                "/api",
                "/favicon.ico",
                "/health",
                "/.env",
                "/api/v1/sites/x/y/z",
                "/API/V1/SITES"
            })
    void pathsThatLeadNowhereAreNotFound(String path) {
        nobody.get(path).expectProblem(404, "no-such-path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-uuid", "0", "%7Bid%7D", "%F0%9F%8C%BB", "0190163d-8694-739b-aea5", "..%2e", "a%20b"})
    void idsThatAreNoneAreNotFound(String id) {
        Client admin = admin();
        admin.get("/api/v1/sites/" + id).expectProblem(404, "not-found");
        admin.get("/api/v1/users/" + id).expectProblem(404, "not-found");
        admin.delete("/api/v1/tokens/" + id).expectProblem(404, "not-found");
    }

    @Test
    void otherMethodsAreToldWhichThereAre() {
        Answer refused = admin().put("/api/v1/sites", "{}").expectProblem(405, "method-not-allowed");
        assertThat(refused.header("allow").orElseThrow())
                .contains("GET", "POST", "HEAD")
                .doesNotContain("PUT");
        nobody.delete("/health/live").expectProblem(405, "method-not-allowed");
    }

    @Test
    void searchedTextIsOnlyText() {
        Client admin = admin();
        admin.post("/api/v1/sites", "{\"hostName\": \"example.org\"}").expect(201);
        for (String text : new String[] {"%27%3B--", "%25", "_", "%22", "%5C", "%F0%9F%8C%BB"}) {
            assertThat(admin.get("/api/v1/sites?search=" + text)
                            .expect(200)
                            .json()
                            .path("items"))
                    .isEmpty();
        }
        admin.get("/api/v1/sites?search=a%00b").expectProblem(400, "invalid-value", "search");
        admin.get("/api/v1/sites?search=" + "x".repeat(513)).expectProblem(400, "invalid-value", "search");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/sites/%2e%2e%2f HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/sites/%01 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/sites/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void whatIsNotHttpIsRefusedWithoutTellingAboutTheServer(String request) throws IOException {
        String answer = exchange(request);
        assertThat(answer).containsPattern("^HTTP/1.1 (4\\d\\d|505)");
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("jetty").doesNotContain("exception");
    }

    @Test
    void aRequestThatBreaksOffIsTheCallersFailure() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            String half = "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{\"email\"";
            socket.getOutputStream().write(half.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("broken-off");
        }
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws IOException {
        String answer =
                exchange("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431");
    }

    @Test
    void anUnexpectedWebSocketIsJustARequestThatCannotBeAnswered() {
        Answer answer = nobody.with("Sec-WebSocket-Version", "13").get("/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("x-content-type-options")).contains("nosniff");
        assertThat(answer.body()).contains("requestId").doesNotContain("html");
    }

    /** Sends bytes as they are, and gives what comes back until the server hangs up. */
    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(request.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }
}
