package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.BackupOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A restore does not wait for ever for those who read for ever. */
class RestoreCutsOffHttpTest extends HttpTest {

    private static final byte[] PIECE = "more and more\n".getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    PanelServer serve() {
        PanelOptions options = panelOptions().backup(BackupOptions.in(directory.resolve("backups")));
        return PanelServer.open(options, panel -> {}, httpOptions(), further(), Duration.ofMillis(100));
    }

    @Override
    List<Route> further() {
        return List.of(Route.at(Method.GET, "/test/endless", "test.endless", Rule.PUBLIC)
                .answersText(200, "text/plain")
                .handledBy(call -> Reply.stream("text/plain", out -> {
                    try {
                        while (true) {
                            out.write(PIECE);
                            begun.countDown();
                        }
                    } finally {
                        ended.countDown();
                    }
                })));
    }

    @Test
    void requestsThatDoNotEndAreCutOff() throws Exception {
        Client admin = signedInAdmin();
        String id = admin.post("/api/v1/backups", "").expect(201).text("id");
        CompletableFuture<Answer> endless = CompletableFuture.supplyAsync(() -> nobody.get("/test/endless"));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        admin.post("/api/v1/backups/" + id + "/restore", "{}").expect(200);

        assertThat(ended.await(0, TimeUnit.SECONDS))
                .as("ended before the panel was closed")
                .isTrue();
        assertThatThrownBy(() -> endless.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }
}
