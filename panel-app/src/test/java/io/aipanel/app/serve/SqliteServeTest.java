package io.aipanel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipanel.app.OnSqlite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SqliteServeTest extends OnSqlite implements ServeContract {

    @Test
    void aSecondServerOnTheSameDirectoryIsRefusedWithOneLine() {
        try (ServedPanel first = ServedPanel.start(storage(), directory())) {
            first.url();
            try (ServedPanel second = ServedPanel.start(storage(), directory())) {
                assertThat(second.process().exitCode()).isEqualTo(1);
                assertThat(second.process().out()).isEmpty();
                assertThat(second.process().err())
                        .singleElement()
                        .asString()
                        .contains(directory().toString());
            }
            assertThat(first.stop()).isZero();
        }
    }

    @Test
    void ofTwoServersThatStartAtOnceOnAnEmptyDirectoryOneServesAndOneIsRefused() {
        try (ServedPanel one = ServedPanel.start(storage(), directory());
                ServedPanel other = ServedPanel.start(storage(), directory())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !one.process().isAlive() || !other.process().isAlive());
            ServedPanel winner = one.process().isAlive() ? one : other;
            ServedPanel loser = winner == one ? other : one;
            assertThat(loser.process().exitCode()).isEqualTo(1);
            assertThat(loser.process().err())
                    .singleElement()
                    .asString()
                    .contains(directory().toString());
            assertThat(new Browser(winner.url()).get("/health/ready").status()).isEqualTo(200);
            assertThat(winner.stop()).isZero();
        }
    }

    @Test
    void aPortThatIsTakenIsToldWithItsAddress() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServedPanel served =
                        ServedPanel.start(storage(), directory(), "--listen", "127.0.0.1:" + taken.getLocalPort())) {
            assertThat(served.process().exitCode()).isEqualTo(1);
            assertThat(served.process().out()).isEmpty();
            assertThat(served.process().err())
                    .filteredOn(line -> !line.contains(" INFO "))
                    .singleElement()
                    .asString()
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--listen");
        }
    }

    @Test
    void forAProgramTheStartIsOneJsonDocument() throws IOException {
        try (ServedPanel served = ServedPanel.start(storage(), directory(), "--json", "--quiet")) {
            String code = served.setupCode();
            assertThat(served.stop()).isZero();
            assertThat(served.process().out()).hasSize(1);
            var document = new ObjectMapper().readTree(served.process().out().get(0));
            assertThat(document.get("engine").asText()).isEqualTo("sqlite");
            assertThat(document.get("setupUrl").asText())
                    .isEqualTo(document.get("url").asText() + "/setup?code=" + code);
            assertThat(served.process().err()).isEmpty();
        }
    }

    @Test
    void beyondLoopbackWithoutEncryptionIsWarnedOf() {
        try (ServedPanel open = ServedPanel.start(storage(), directory(), "--listen", "0.0.0.0:0")) {
            open.process().awaitLine(Pattern.compile("WARN .*0\\.0\\.0\\.0.*unencrypted"));
            assertThat(open.stop()).isZero();
        }
    }
}
