package io.aipanel.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.service.audit.Evidence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How checkpoints get to a file and to a server. */
class AnchorTest {

    private static final String SIGNATURE = "\n\u2014 test/log AAAAAAAAAAA=\n";
    private static final SignedCheckpoint FIRST = checkpoint(1);
    private static final SignedCheckpoint SECOND = checkpoint(2);

    @TempDir
    private Path directory;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + "\n" + body);
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

    @Test
    void checkpointsAreAppendedToAFile() throws IOException {
        FileAnchor anchor = new FileAnchor(directory.resolve("checkpoints"));

        anchor.publish(FIRST);
        anchor.publish(SECOND);

        assertThat(Evidence.checkpoints(Files.readString(directory.resolve("checkpoints"))))
                .containsExactly(FIRST, SECOND);
        assertThat(anchor.name()).isEqualTo("file:" + directory.resolve("checkpoints"));
    }

    @Test
    void aFileThatCannotBeWrittenIsAFailure() {
        assertThatThrownBy(() -> new FileAnchor(directory.resolve("nowhere/checkpoints")).publish(FIRST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the file cannot be written")
                .hasMessageContaining("nowhere");
    }

    @Test
    void aServerGetsTheTextAndWhatIsSecretIsNotShown() throws Exception {
        UrlAnchor anchor = new UrlAnchor(url("me:s%20cret@", "/panel?token=t"));

        anchor.publish(FIRST);

        // The Base64 of "me:s cret".
        assertThat(received)
                .containsExactly("POST /panel?token=t text/plain; charset=utf-8 Basic bWU6cyBjcmV0\n" + FIRST);
        assertThat(anchor.name()).isEqualTo(url("", "/panel").toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void onlyA2xxCounts(int answered) throws IOException {
        status = answered;

        assertThatThrownBy(() -> new UrlAnchor(url("", "/")).publish(FIRST))
                .isInstanceOf(IOException.class)
                .hasMessage("the server answered with status " + answered);
        assertThat(received).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsAFailure() throws IOException {
        URI nobody = url("", "/");
        server.stop(0);

        assertThatThrownBy(() -> new UrlAnchor(nobody).publish(FIRST)).hasMessage("the server cannot be reached");
    }

    @Test
    void aServerThatNeverAnswersIsAFailure() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            UrlAnchor anchor =
                    new UrlAnchor(URI.create("http://localhost:" + silent.getLocalPort()), Duration.ofMillis(200));

            assertThatThrownBy(() -> anchor.publish(FIRST))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("timed out");
        }
    }

    private URI url(String user, String rest) {
        return URI.create("http://" + user + "127.0.0.1:" + server.getAddress().getPort() + rest);
    }

    private static SignedCheckpoint checkpoint(int size) {
        return SignedCheckpoint.parse("test/log\n" + size + "\n" + "A".repeat(43) + "=\n" + SIGNATURE);
    }
}
