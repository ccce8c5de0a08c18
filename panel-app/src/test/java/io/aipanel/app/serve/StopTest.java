package io.aipanel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a served panel ends when it is asked to. */
class StopTest {

    private static final Pattern STOPPING = Pattern.compile("SIG[A-Z]+: stopping");

    @TempDir
    private Path directory;

    @Test
    void controlCIsARequestToStopToo() throws IOException, InterruptedException {
        try (ServedPanel served = serve()) {
            served.url();

            assertThat(new ProcessBuilder(
                                    "kill",
                                    "-INT",
                                    Long.toString(served.process().pid()))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(served.process().exitCode()).isZero();
            served.process().awaitLine(Pattern.compile("SIGINT: stopping"));
        }
    }

    @Test
    void aRunningRequestIsWaitedForUnlessThePanelIsAskedTwice() throws IOException {
        try (ServedPanel served = serve();
                Socket client = requestWithoutItsEnd(URI.create(served.url()))) {
            served.process().terminate();
            served.process().awaitLine(STOPPING);
            assertThat(served.process().isAlive()).isTrue();

            served.process().terminate();

            assertThat(served.process().exitCode()).isEqualTo(143);
            served.process().awaitLine(Pattern.compile("SIGTERM for the second time"));
            assertThat(client.isClosed()).as("closed by the client").isFalse();
        }
    }

    private ServedPanel serve() {
        return ServedPanel.start("sqlite:" + directory.resolve("data"), directory);
    }

    /** Begins a request, and comes back when the server has begun to read a body that never comes. */
    private static Socket requestWithoutItsEnd(URI url) throws IOException {
        Socket client = new Socket(url.getHost(), url.getPort());
        client.getOutputStream().write("""
                POST /api/v1/session HTTP/1.1
                Host: %s:%s
                Content-Type: application/json
                Content-Length: 100
                Expect: 100-continue

                """.formatted(url.getHost(), url.getPort())
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(answer.readLine()).contains("100 Continue");
        return client;
    }
}
