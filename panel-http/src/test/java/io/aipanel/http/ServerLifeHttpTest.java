package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because it counts threads. */
@Isolated
class ServerLifeHttpTest extends HttpTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    List<Route> further() {
        return List.of(Route.at(Method.GET, "/test/slow", "test.slow", Rule.PUBLIC)
                .summary("Takes as long as the test wants")
                .answers(200)
                .handledBy(call -> {
                    begun.countDown();
                    await().atMost(Duration.ofSeconds(30)).until(() -> mayEnd.await(0, TimeUnit.SECONDS));
                    return Reply.ok(Map.of("done", true));
                }));
    }

    @Test
    void aRequestThatRunsIsFinishedWhileTheServerStops() throws Exception {
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> nobody.get("/test/slow"));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
        // Two seconds are longer than an idle connection lives while the server stops.
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> !stopping.isDone());
        mayEnd.countDown();
        assertThat(answer.get(30, TimeUnit.SECONDS)
                        .expect(200)
                        .json()
                        .path("done")
                        .asBoolean())
                .isTrue();
        stopping.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> nobody.get("/health/live")).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void severalServersRunInOneProcess() {
        try (PanelServer second = PanelServer.start(panel, httpOptions())) {
            assertThat(second.port()).isNotEqualTo(server.port());
            Client.of(second.baseUrl()).get("/health/live").expect(200);
        }
        nobody.get("/health/live").expect(200);
    }

    @Test
    void noThreadIsLeftAfterClosing() {
        server.close();
        Set<Thread> before = serverThreads();
        PanelServer another = PanelServer.start(panel, httpOptions());
        Client.of(another.baseUrl()).get("/health/live").expect(200);
        another.close();
        another.close();
        await().untilAsserted(() -> {
            Set<Thread> left = serverThreads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    @Test
    void anAddressThatIsTakenIsRefusedByName() {
        HttpOptions taken = new HttpOptions("127.0.0.1", server.port(), Optional.empty(), List.of(), "test");
        assertThatThrownBy(() -> PanelServer.start(panel, taken))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("listen")
                .hasMessageContaining(Integer.toString(server.port()));
    }

    @Test
    void theBaseUrlIsWhatBrowsersSee() {
        assertThat(server.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:" + server.port()));
        HttpOptions behindProxy =
                new HttpOptions("127.0.0.1", 0, Optional.of(URI.create("https://panel.example/")), List.of(), "test");
        try (PanelServer second = PanelServer.start(panel, behindProxy)) {
            assertThat(second.baseUrl()).isEqualTo(URI.create("https://panel.example"));
        }
    }

    @Test
    void optionsThatCannotBeUsedAreRefused() {
        for (String url :
                new String[] {"ftp://panel.example", "https://panel.example/path", "panel.example", "https:///"}) {
            assertThatThrownBy(() -> new HttpOptions("127.0.0.1", 0, Optional.of(URI.create(url)), List.of(), "test"))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("http.public-url");
        }
        assertThatThrownBy(() -> new HttpOptions("127.0.0.1", 65_536, Optional.empty(), List.of(), "test"))
                .isInstanceOf(InvalidValueException.class);
    }

    private static Set<Thread> serverThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread ->
                thread.getName().startsWith("HttpClient") || thread.getName().startsWith("awaitility"));
        return threads;
    }
}
