package io.aipanel.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a server, and holds every answer to the API's description.
 *
 * @param http sends
 * @param base where the server is
 * @param contract what answers are held to
 * @param headers what is sent with every request
 */
record Client(HttpClient http, URI base, ApiContract contract, Map<String, String> headers) {

    static {
        // Read once, when the first client is made. Without this every server would wait for idle connections to end.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
    }

    static Client of(URI base) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            String openApi = http.send(
                            HttpRequest.newBuilder(base.resolve("/openapi.json"))
                                    .header("Connection", "close")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return new Client(http, base, ApiContract.of(openApi), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The same client sending a further header with every request. */
    Client with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Client(http, base, contract, more);
    }

    /** The same client as a program with an API token. */
    Client bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same client after logging in. */
    Client loggedIn(String email, String password) {
        Answer answer = post("/api/v1/session", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password))
                .expect(201);
        return with("Cookie", answer.header("set-cookie").orElseThrow().split(";")[0]);
    }

    Answer get(String path) {
        return send("GET", path, Optional.empty());
    }

    Answer post(String path, String json) {
        return withJson().send("POST", path, Optional.of(json));
    }

    Answer put(String path, String json) {
        return withJson().send("PUT", path, Optional.of(json));
    }

    Answer patch(String path, String json) {
        return withJson().send("PATCH", path, Optional.of(json));
    }

    Answer delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    /** Sends a form, as a browser would. */
    Answer form(String path, String fields) {
        return with("Content-Type", "application/x-www-form-urlencoded").send("POST", path, Optional.of(fields));
    }

    Answer send(String method, String path, Optional<String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElse(HttpRequest.BodyPublishers.noBody()));
        headers.forEach(request::header);
        request.header("Connection", "close");
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
            contract.requirePromised(method, URI.create(base + path).getPath(), answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Client withJson() {
        return headers.containsKey("Content-Type") ? this : with("Content-Type", "application/json");
    }
}
