package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesHttpTest extends HttpTest {

    private static final String SITES = "/api/v1/sites";

    private Client admin;

    @BeforeEach
    void logIn() {
        admin = admin();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"hostName": "a.example", "colour": "red"}                 | colour
                    {"hostName": "a.example", "hostname": "b.example"}         | hostname
                    {"hostName": 5}                                            | hostName
                    {"hostName": true}                                         | hostName
                    {"hostName": ["a.example"]}                                | hostName
                    {"hostName": null}                                         | hostName
                    {"aliases": []}                                            | hostName
                    {"hostName": "a.example", "aliases": "b.example"}          | aliases
                    {"hostName": "a.example", "aliases": ["b.example", 3]}     | aliases[1]
                    {"hostName": "a.example", "aliases": [null]}               | aliases[0]
                    {"hostName": "a.example", "documentRoot": "/srv/a\\u0000"} | documentRoot
                    {"hostName": "a.example", "documentRoot": "/srv/\\ud800"}  | documentRoot
                    []                                                         | body
                    "hostName"                                                 | body
                    null                                                       | body
                    {"hostName": "a.example"} {}                               | body
                    {"hostName": "a.example", "hostName": "b.example"}         | body
                    {"hostName": "a.example",}                                 | body
                    {'hostName': 'a.example'}                                  | body
                    {"hostName": "a.ex                                         | body
                    """)
    void whatIsWrongIsNamed(String body, String field) {
        Answer refused = admin.post(SITES, body).expectProblem(400, "invalid-value", field);
        assertThat(refused.text("detail"))
                .startsWith(field)
                .doesNotContain("com.fasterxml")
                .doesNotContain("java.");
    }

    @Test
    void malformedJsonIsToldItsPlace() {
        Answer refused = admin.post(SITES, "{\n  \"hostName\": oops\n}").expectProblem(400, "invalid-value", "body");
        assertThat(refused.text("detail")).contains("line 2");
    }

    @Test
    void anEmptyBodyIsNoObject() {
        admin.post(SITES, "").expectProblem(400, "invalid-value", "body");
        admin.post(SITES, "   ").expectProblem(400, "invalid-value", "body");
    }

    @Test
    void deeplyNestedJsonIsRefusedWithoutHarm() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        admin.post("/api/v1/jobs", "{\"type\": \"a\", \"payload\": " + deep + "}")
                .expectProblem(400, "invalid-value", "body");
        admin.post("/api/v1/jobs", "{\"type\": \"a\", \"payload\": " + "[".repeat(50) + "]".repeat(50) + "}")
                .expect(201);
    }

    @Test
    void aHugeNumberIsRefusedWithoutHarm() {
        admin.post("/api/v1/jobs", "{\"type\": \"a\", \"priority\": " + "9".repeat(30) + "}")
                .expectProblem(400, "invalid-value", "priority");
        admin.post("/api/v1/jobs", "{\"type\": \"a\", \"priority\": 9223372036854775807}")
                .expectProblem(400, "invalid-value", "priority");
        admin.post("/api/v1/jobs", "{\"type\": \"a\", \"priority\": 1.0}")
                .expectProblem(400, "invalid-value", "priority");
    }

    @Test
    void invalidUtf8IsRefused() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.baseUrl().resolve(SITES))
                .header("Content-Type", "application/json")
                .header("Authorization", admin.headers().get("Authorization"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        new byte[] {'{', '"', 'h', (byte) 0xC3, (byte) 0x28, '"', '}'}));
        HttpResponse<String> response = admin.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
        new Answer(response.statusCode(), response.headers(), response.body())
                .expectProblem(400, "invalid-value", "body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml",
                "application/json; charset=iso-8859-1",
                "multipart/form-data; boundary=x",
                "nonsense"
            })
    void otherTypesAreRefused(String type) {
        admin.with("Content-Type", type)
                .post(SITES, "{\"hostName\": \"a.example\"}")
                .expectProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "application/merge-patch+json"
            })
    void jsonIsRecognisedInItsSpellings(String type) {
        admin.with("Content-Type", type)
                .post(SITES, "{\"hostName\": \"a.example\"}")
                .expect(201);
    }

    @Test
    void aBodyWithoutATypeIsRefused() {
        admin.send("POST", SITES, Optional.of("{\"hostName\": \"a.example\"}"))
                .expectProblem(415, "unsupported-media-type");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAndTheConnectionGoesOn() {
        String large = "{\"hostName\": \"" + "x".repeat(RequestBodies.MAX_BYTES) + "\"}";
        admin.post(SITES, large).expectProblem(413, "body-too-large");
        admin.post(SITES, "{\"hostName\": \"a.example\"}").expect(201);
    }

    @Test
    void strangersMaySendLittle() {
        String large = "{\"email\": \"" + "x".repeat(RequestBodies.MAX_BYTES_OF_STRANGERS) + "\"}";
        nobody.post("/api/v1/session", large).expectProblem(413, "body-too-large");
        nobody.form("/login", large).expect(413);
    }

    @Test
    void aBodyOfUnknownLengthIsLimitedToo() throws Exception {
        byte[] part = new byte[RequestBodies.MAX_BYTES + 1];
        HttpRequest.Builder request = HttpRequest.newBuilder(server.baseUrl().resolve(SITES))
                .header("Content-Type", "application/json")
                .header("Authorization", admin.headers().get("Authorization"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(part)));
        HttpResponse<String> response = admin.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void whoMayNotIsToldSoBeforeTheBodyIsLookedAt() {
        nobody.post(SITES, "not even json").expect(401);
        addUser("auditor@example.com", "auditor");
        nobody.loggedIn("auditor@example.com", PASSWORD)
                .post(SITES, "not even json")
                .expectProblem(403, "permission-denied");
    }

    @Test
    void anyAcceptIsTolerated() {
        admin.with("Accept", "application/xml").get(SITES).expect(200);
        nobody.with("Accept", "text/html").get(SITES).expectProblem(401, "not-signed-in");
    }
}
