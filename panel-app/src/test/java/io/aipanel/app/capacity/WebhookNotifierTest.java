package io.aipanel.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.aipanel.app.outgoing.HttpTarget;
import io.aipanel.domain.Secret;
import io.aipanel.service.capacity.CapacityNotice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server is told, and how it can tell by whom. */
class WebhookNotifierTest {

    private static final Instant NOW = Instant.parse("2026-11-23T21:41:00Z");
    private static final WebhookSecret SECRET = secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final WebhookSecret EARLIER = secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
    private static final CapacityNotice NOTICE = Notices.of("Panel");

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** The example that all libraries of Standard Webhooks are tested with. */
    @Test
    void theSignatureIsTheOneOfStandardWebhooks() {
        assertThat(SECRET.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void theServerGetsTheNoticeAndWhatItNeedsToCheckIt() throws Exception {
        notifier("/hook?key=1", SECRET).tell(NOTICE);

        assertThat(received).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /hook?key=1");
            assertThat(request.body()).isEqualTo(NOTICE.toJson().value());
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.header("webhook-id")).isEqualTo(Notices.ID.toString());
            assertThat(request.header("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
            assertThat(request.header("webhook-signature"))
                    .isEqualTo(SECRET.sign(Notices.ID.toString(), NOW.getEpochSecond(), request.body()));
        });
    }

    @Test
    void anEarlierSecretSignsToo() throws Exception {
        notifier("/", SECRET, EARLIER).tell(NOTICE);

        String body = received.get(0).body();
        assertThat(received.get(0).header("webhook-signature"))
                .isEqualTo(SECRET.sign(Notices.ID.toString(), NOW.getEpochSecond(), body) + " "
                        + EARLIER.sign(Notices.ID.toString(), NOW.getEpochSecond(), body));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void onlyA2xxCountsAndNobodyIsFollowed(int answered) {
        status = answered;

        assertThatThrownBy(() -> notifier("/token-in-the-path?token=t", SECRET).tell(NOTICE))
                .isInstanceOf(IOException.class)
                .hasMessage("the server answered with status " + answered);
        assertThat(received).hasSize(1);
    }

    @Test
    void aServerThatNeverAnswersIsAFailure() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpTarget target =
                    new HttpTarget(URI.create("http://localhost:" + silent.getLocalPort()), Duration.ofMillis(200));
            WebhookNotifier notifier = new WebhookNotifier(target, List.of(SECRET), () -> NOW);

            assertThatThrownBy(() -> notifier.tell(NOTICE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("timed out");
        }
    }

    @Test
    void anAnswerWithoutEndHoldsNothingUp() throws Exception {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
        });

        notifier("/endless", SECRET).tell(NOTICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_c2hvcnQ=", "not Base64 at all, and yet long enough to be one"})
    void whatIsNoSecretIsNoSecret(String line) {
        assertThat(WebhookSecret.parse(new Secret(line))).isEmpty();
    }

    @Test
    void aSecretIsTakenWithItsPrefixAndWithout() {
        assertThat(secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").sign("a", 1, "{}"))
                .isEqualTo(SECRET.sign("a", 1, "{}"));
    }

    private WebhookNotifier notifier(String path, WebhookSecret... secrets) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new WebhookNotifier(new HttpTarget(url, Duration.ofSeconds(20)), Arrays.asList(secrets), () -> NOW);
    }

    private static WebhookSecret secret(String line) {
        return WebhookSecret.parse(new Secret(line)).orElseThrow();
    }

    private record Received(String line, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }
}
