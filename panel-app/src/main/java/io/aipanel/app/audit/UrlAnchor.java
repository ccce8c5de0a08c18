package io.aipanel.app.audit;

import io.aipanel.domain.Text;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.service.audit.CheckpointAnchor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Sends checkpoints to a server: a POST with the text, which it must answer with 2xx. User and password of the URL are sent
 * as HTTP has it (Basic), and like its query they are never shown.
 */
public final class UrlAnchor implements CheckpointAnchor {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final Duration timeout;
    private final HttpClient http;

    /** @param url an absolute URL of HTTP or HTTPS with a host */
    public UrlAnchor(URI url) {
        this(url, TIMEOUT);
    }

    UrlAnchor(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public String name() {
        return Text.truncated(base() + Optional.ofNullable(url.getRawPath()).orElse(""), Text.INDEXED_BYTES);
    }

    @Override
    public void publish(SignedCheckpoint checkpoint) throws IOException, InterruptedException {
        String query =
                Optional.ofNullable(url.getRawQuery()).map(text -> "?" + text).orElse("");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        base() + Optional.ofNullable(url.getRawPath()).orElse("") + query))
                .timeout(timeout)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(checkpoint.toString(), StandardCharsets.UTF_8));
        Optional.ofNullable(url.getUserInfo())
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        int status;
        try {
            status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (ConnectException e) {
            throw new IOException("the server cannot be reached", e);
        }
        if (status / 100 != 2) {
            throw new IOException("the server answered with status " + status);
        }
    }

    private String base() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port;
    }
}
