package io.aipanel.app.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A server that texts are sent to. It must answer with 2xx; where it sends its callers elsewhere nobody follows. User and
 * password of the URL are sent as HTTP has it (Basic). Safe for use by many threads.
 */
public final class HttpTarget {

    private final URI url;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * @param url an absolute URL of HTTP or HTTPS with a host
     * @param timeout how long the server may take until it answers
     */
    public HttpTarget(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The scheme, the host and the port: what is not secret in any URL. */
    public String server() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port;
    }

    /** The path; empty if there is none. */
    public String path() {
        return Optional.ofNullable(url.getRawPath()).orElse("");
    }

    /**
     * Sends a text.
     *
     * @param contentType of which kind it is
     * @param body the text, sent as UTF-8
     * @param headers what is said besides
     * @throws IOException if it did not get there, or was not answered with 2xx; the message says why, and has nothing of the
     *     URL
     */
    public void post(String contentType, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        String query =
                Optional.ofNullable(url.getRawQuery()).map(text -> "?" + text).orElse("");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server() + path() + query))
                .timeout(timeout)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        Optional.ofNullable(url.getUserInfo())
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        int status = status(request.build());
        if (status / 100 != 2) {
            throw new IOException("the server answered with status " + status);
        }
    }

    /** What the server says besides is not waited for: it could go on without end. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (ConnectException e) {
            throw new IOException("the server cannot be reached", e);
        }
    }
}
